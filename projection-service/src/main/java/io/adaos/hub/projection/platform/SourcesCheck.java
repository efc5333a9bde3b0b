package io.adaos.hub.projection.platform;

import io.adaos.hub.projection.gateway.SessionDirectory;
import io.adaos.hub.projection.operationview.OperationProjectionService;
import io.adaos.hub.runtime.http.HealthDetail;
import io.adaos.hub.runtime.outbox.FollowState;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How current the source of the documents is; it says so and keeps serving. */
@Singleton
final class SourcesCheck implements HealthDetail {

    private final OperationProjectionService operations;
    private final SessionDirectory sessions;

    SourcesCheck(OperationProjectionService operations, SessionDirectory sessions) {
        this.operations = operations;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "sources";
    }

    @Override
    public Uni<Object> read() {
        FollowState state = operations.state();
        boolean current = switch (state.freshness()) {
            case FRESH, AGING -> true;
            case STALE -> false;
        };
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("state", state.freshness().wire());
        source.put("sequence", state.sequence());
        source.put("last_heard_at", state.lastHeardAt().map(Instant::toString).orElse("never"));
        Map<String, Object> sources = new LinkedHashMap<>();
        sources.put("ok", current);
        sources.put("operations", source);
        sources.put("sockets", sessions.size());
        sources.put("presence_refused", sessions.presenceRefused());
        return Uni.createFrom().item(sources);
    }
}
