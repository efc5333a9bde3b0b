package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.id.NodeId;
import java.util.Optional;

/**
 * A checked question for rows.
 *
 * @param node whose installed artifacts count
 * @param offset rows to leave out, from 0
 * @param limit rows at most, 1 to 500
 * @param atLeast position the answer should include
 */
record RowQuery(
        RowFilter filter, NodeId node, int offset, int limit, Optional<MinSequence> atLeast) {
}
