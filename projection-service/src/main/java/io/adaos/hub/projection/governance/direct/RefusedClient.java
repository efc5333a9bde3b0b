package io.adaos.hub.projection.governance.direct;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.evidence.WriteReason;

/**
 * A Yjs client of which something was refused: its document differs from the hub's for good, so
 * whatever it sends is discarded until it starts anew.
 *
 * @param clientId of the Yjs document
 * @param reason why its first update was refused
 * @param discarded updates since
 * @param lastAt epoch milliseconds
 */
public record RefusedClient(String webspaceId, OwnerId owner, long clientId, WriteReason reason,
        long discarded, long lastAt) {

    /** One more update of it was discarded. */
    RefusedClient discarding(long now) {
        return new RefusedClient(webspaceId, owner, clientId, reason, discarded + 1, now);
    }
}
