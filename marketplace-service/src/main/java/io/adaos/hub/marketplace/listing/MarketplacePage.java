package io.adaos.hub.marketplace.listing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import java.util.List;

/**
 * A page of rows for one node.
 *
 * @param total rows that pass the filter
 * @param reached whether the position asked for by {@code min_sequence} is included; absent when
 *     none was asked for
 */
record MarketplacePage(
        List<MarketplaceRow> items,
        int offset,
        int limit,
        int total,
        NodeId nodeId,
        SourceStates sources,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean reached) {
    MarketplacePage {
        items = List.copyOf(items);
    }
}
