package io.adaos.hub.projection.write.body;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OwnerId;
import java.util.Optional;

/**
 * One write as it was asked for; a member that was not sent is empty.
 *
 * @param slot of a batch's item; of a single write the path of the request names it
 * @param force write also what is there already
 */
public record WriteBody(Optional<String> slot, String scope, BodyValue value,
        Optional<NodeId> node, Optional<String> userId, Optional<OwnerId> owner, boolean force,
        Optional<String> correlationId) {
}
