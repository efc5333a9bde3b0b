package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.install.ArtifactVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What handlers ask the store of installed artifacts and the registry; every call blocks. */
final class Records {

    private static final Duration WAIT = Duration.ofSeconds(15);

    private final KindParts parts;

    Records(KindParts parts) {
        this.parts = parts;
    }

    Optional<InstalledArtifact> find(NodeId node, ArtifactKind kind, String id) {
        return parts.installed().find(node, kind, id).await().atMost(WAIT);
    }

    List<InstalledArtifact> withName(NodeId node, ArtifactKind kind, String name) {
        return parts.installed().withName(node, kind, name).await().atMost(WAIT);
    }

    /** Everything on one node, or on all. */
    List<InstalledArtifact> list(Optional<NodeId> node) {
        return parts.installed().list(node).await().atMost(WAIT).items();
    }

    List<InstalledArtifact> orphans(ArtifactKind kind) {
        return parts.installed().orphans(kind).await().atMost(WAIT);
    }

    void takeBack(InstalledArtifact activating, String correlationId) {
        parts.installed().takeBack(activating, correlationId).await().atMost(WAIT);
    }

    /** What the registry offers; without a version the newest. */
    Optional<ArtifactVersion> offered(ArtifactKind kind, String id, Optional<String> version) {
        return parts.registry().find(kind, id, version).await().atMost(WAIT);
    }
}
