package io.adaos.hub.marketplace.listing;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import java.util.Optional;

/** A checked question for the row of one artifact on one node. */
record ArtifactQuery(ArtifactRef ref, NodeId node, Optional<MinSequence> atLeast) {
}
