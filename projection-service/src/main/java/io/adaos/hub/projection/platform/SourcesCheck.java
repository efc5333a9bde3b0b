package io.adaos.hub.projection.platform;

import io.adaos.hub.projection.gateway.SessionDirectory;
import io.adaos.hub.projection.operationview.OperationProjectionService;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
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
    private final InstalledRulesService rules;
    private final SessionDirectory sessions;

    SourcesCheck(OperationProjectionService operations, InstalledRulesService rules,
            SessionDirectory sessions) {
        this.operations = operations;
        this.rules = rules;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "sources";
    }

    @Override
    public Uni<Object> read() {
        FollowState shown = operations.state();
        FollowState installed = rules.state();
        RuleBook book = rules.book();
        Map<String, Object> declared = source(installed);
        declared.put("complete", book.isComplete());
        declared.put("layers", book.layers().size());
        declared.put("pending", book.pending().size());
        Map<String, Object> sources = new LinkedHashMap<>();
        sources.put("ok", isCurrent(shown) && isCurrent(installed) && book.isComplete());
        sources.put("operations", source(shown));
        sources.put("rules", declared);
        sources.put("sockets", sessions.size());
        sources.put("presence_refused", sessions.presenceRefused());
        return Uni.createFrom().item(sources);
    }

    private static boolean isCurrent(FollowState state) {
        return switch (state.freshness()) {
            case FRESH, AGING -> true;
            case STALE -> false;
        };
    }

    private static Map<String, Object> source(FollowState state) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("state", state.freshness().wire());
        source.put("sequence", state.sequence());
        source.put("last_heard_at", state.lastHeardAt().map(Instant::toString).orElse("never"));
        return source;
    }
}
