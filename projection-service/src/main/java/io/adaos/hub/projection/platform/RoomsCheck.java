package io.adaos.hub.projection.platform;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.fact.RoomHealth;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import io.adaos.hub.runtime.http.HealthDetail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the log of the webspace that always exists takes what is written ({@code log}: {@code
 * ok}, {@code unavailable}, or {@code not_owner} where another replica writes it), and what an
 * operator has to decide about it; the answer is public, so it names no other webspace.
 */
@Singleton
final class RoomsCheck implements HealthDetail {

    private static final Duration OPEN_WAIT = Duration.ofSeconds(1);

    private final RoomDirectory rooms;

    RoomsCheck(RoomDirectory rooms) {
        this.rooms = rooms;
    }

    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public Uni<Object> read() {
        return Uni.createFrom().completionStage(() -> rooms.room(WebspaceId.DESKTOP))
                .ifNoItem().after(OPEN_WAIT).fail()
                .map(room -> room.map(WebspaceRoom::health).map(RoomsCheck::shown)
                        .orElse(Map.of("log", "unavailable")))
                .onFailure().recoverWithItem(failure -> Map.of("log",
                        NotOwnerException.in(failure).isPresent() ? "not_owner" : "unavailable"))
                .map(desktop -> Map.of(WebspaceId.DESKTOP.value(), desktop));
    }

    private static Map<String, Object> shown(RoomHealth health) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("log", health.logAvailable() ? "ok" : "unavailable");
        if (!health.blockers().isEmpty()) {
            shown.put("semantic_state", "stale");
            shown.put("blockers", health.blockers());
        }
        return shown;
    }
}
