package io.adaos.hub.marketplace.listing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.listing.MarketplaceRow;

/** The row of one artifact on one node: the members of the row, and how current they are. */
record MarketplaceDetail(
        @JsonUnwrapped MarketplaceRow row,
        NodeId nodeId,
        SourceStates sources,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean reached) {
}
