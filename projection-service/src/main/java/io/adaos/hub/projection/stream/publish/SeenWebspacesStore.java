package io.adaos.hub.projection.stream.publish;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomDirectory;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which webspaces there are; one that was seen once need not be looked for again. */
final class SeenWebspacesStore {

    private final RoomDirectory rooms;
    private final Set<WebspaceId> seen = ConcurrentHashMap.newKeySet();

    SeenWebspacesStore(RoomDirectory rooms) {
        this.rooms = rooms;
    }

    /** Whether there is one of this name; fails with {@code store_unavailable}. */
    Uni<Boolean> has(WebspaceId webspace) {
        if (WebspaceId.DESKTOP.equals(webspace) || seen.contains(webspace)) {
            return Uni.createFrom().item(true);
        }
        return Uni.createFrom().completionStage(() -> rooms.exists(webspace))
                .invoke(exists -> {
                    if (exists) {
                        seen.add(webspace);
                    }
                })
                .onFailure().transform(failure -> {
                    HubException away = new HubException(HubErrorCode.STORE_UNAVAILABLE,
                            "The document store does not answer");
                    away.addSuppressed(failure);
                    return away;
                });
    }
}
