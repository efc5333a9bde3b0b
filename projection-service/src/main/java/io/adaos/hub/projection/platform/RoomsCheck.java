package io.adaos.hub.projection.platform;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.runtime.http.HealthDetail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/**
 * Whether the log of the webspace that always exists takes what is written; the answer is public,
 * so it names no other webspace.
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
                .map(room -> room.isPresent() && room.get().isLogAvailable())
                .onFailure().recoverWithItem(false)
                .map(available -> Map.of(WebspaceId.DESKTOP.value(),
                        Map.of("log", available ? "ok" : "unavailable")));
    }
}
