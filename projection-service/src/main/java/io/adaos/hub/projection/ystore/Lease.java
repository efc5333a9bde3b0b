package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;

/**
 * The right to append to one webspace's log, until somebody takes the next epoch.
 *
 * @param epoch +1 per room that was opened
 * @param clientId replica number for this room, greater than every one given out before; the
 *     {@link #KEY_CLIENTS} that follow belong to the room as well
 * @param generationFloor generations up to this one are used up
 */
public record Lease(WebspaceId webspace, long epoch, long clientId, long generationFloor) {

    /** Replica numbers of a room besides its own, for keys that it overwrites often. */
    public static final int KEY_CLIENTS = 1_023;

    /** All replica numbers of the room. */
    public ClientIds clientIds() {
        return new ClientIds(clientId, clientId + KEY_CLIENTS);
    }
}
