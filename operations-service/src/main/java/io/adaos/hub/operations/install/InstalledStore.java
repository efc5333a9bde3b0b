package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** What is installed on which node: the truth that links are made to agree with. */
public interface InstalledStore {

    /** Everything on one node, or on all, at one position of the service's facts. */
    Uni<InstalledPage> list(Optional<NodeId> node);

    Uni<Optional<InstalledArtifact>> find(NodeId node, ArtifactKind kind, String id);

    /** Everything of a kind that has this directory name on the node. */
    Uni<List<InstalledArtifact>> withName(NodeId node, ArtifactKind kind, String name);

    /** Writes the record when the operation succeeds; its revision is one above the old one. */
    PgOutcomeStep recording(InstalledArtifact artifact);

    /**
     * Writes the record of what is switched and not confirmed, and keeps the last confirmed one
     * beside it. The same again by the same operation changes nothing.
     */
    PgOutcomeStep activating(InstalledArtifact artifact);

    /** Removes the record; where there is none, nothing changes. */
    PgOutcomeStep removing(InstalledArtifact artifact);

    /** Puts the last confirmed record back, if this operation's is still the newest. */
    PgOutcomeStep takingBack(InstalledArtifact activating);

    /** The same for an operation that has no word any more. */
    Uni<Void> takeBack(InstalledArtifact activating, String correlationId);

    /** What is activating for an operation that has ended. */
    Uni<List<InstalledArtifact>> orphans(ArtifactKind kind);
}
