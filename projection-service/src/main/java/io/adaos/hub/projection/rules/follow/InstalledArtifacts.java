package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is installed on all nodes at one moment; a change makes another value. */
final class InstalledArtifacts {

    /** Nothing is installed anywhere. */
    static final InstalledArtifacts NONE = new InstalledArtifacts(Map.of());

    /** The order in which artifacts that are new together are registered. */
    private static final Comparator<InstalledArtifact> REGISTERED = Comparator
            .comparing(InstalledArtifact::installedAt)
            .thenComparing(artifact -> artifact.kind().wire())
            .thenComparing(InstalledArtifact::id);

    /** An artifact on a node. */
    private record Place(NodeId node, ArtifactRef ref) {
    }

    private final Map<Place, InstalledArtifact> artifacts;

    private InstalledArtifacts(Map<Place, InstalledArtifact> artifacts) {
        this.artifacts = artifacts;
    }

    static InstalledArtifacts of(List<InstalledArtifact> listed) {
        Map<Place, InstalledArtifact> artifacts = new HashMap<>();
        listed.forEach(artifact -> artifacts.put(placeOf(artifact), artifact));
        return new InstalledArtifacts(artifacts);
    }

    /** The state after a fact; this state when it knows that revision already. */
    InstalledArtifacts with(InstalledChanged fact) {
        InstalledArtifact artifact = fact.artifact();
        InstalledArtifact known = artifacts.get(placeOf(artifact));
        if (known != null && known.revision() > artifact.revision()
                || known == null && fact.removed()) {
            return this;
        }
        Map<Place, InstalledArtifact> next = new HashMap<>(artifacts);
        if (fact.removed()) {
            next.remove(placeOf(artifact));
        } else {
            next.put(placeOf(artifact), artifact);
        }
        return new InstalledArtifacts(next);
    }

    /**
     * For each artifact the one whose rules count, in the order of registration: that of the hub
     * itself, else the newest of any node.
     */
    Map<ArtifactRef, InstalledArtifact> wanted() {
        Map<ArtifactRef, InstalledArtifact> wanted = new LinkedHashMap<>();
        artifacts.values().stream().sorted(REGISTERED).forEach(artifact ->
                wanted.merge(refOf(artifact), artifact, (first, second) ->
                        first.nodeId().equals(NodeId.HUB) ? first : second));
        return wanted;
    }

    private static Place placeOf(InstalledArtifact artifact) {
        return new Place(artifact.nodeId(), refOf(artifact));
    }

    private static ArtifactRef refOf(InstalledArtifact artifact) {
        return new ArtifactRef(artifact.kind().wire(), artifact.id());
    }
}
