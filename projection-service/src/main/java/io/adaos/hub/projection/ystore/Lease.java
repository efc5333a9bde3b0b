package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;

/**
 * The right to append to one webspace's log, until somebody takes the next epoch.
 *
 * @param epoch +1 per room that was opened
 * @param clientId replica number for this room, greater than that of every earlier one
 * @param generationFloor generations up to this one are used up
 */
public record Lease(WebspaceId webspace, long epoch, long clientId, long generationFloor) {
}
