package io.adaos.hub.marketplace.installed;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is on which node at one moment; a change makes another view. */
public final class InstalledView {

    private final Map<NodeId, Map<ArtifactRef, InstalledArtifact>> byNode;

    private InstalledView(Map<NodeId, Map<ArtifactRef, InstalledArtifact>> byNode) {
        this.byNode = byNode;
    }

    /** Nothing is installed anywhere. */
    public static InstalledView empty() {
        return new InstalledView(Map.of());
    }

    /** The view of a whole list; this view itself when it says the same. */
    public InstalledView replacedBy(List<InstalledArtifact> artifacts) {
        Map<NodeId, Map<ArtifactRef, InstalledArtifact>> next = new HashMap<>();
        for (InstalledArtifact artifact : artifacts) {
            next.computeIfAbsent(artifact.nodeId(), node -> new HashMap<>())
                    .merge(refOf(artifact), artifact,
                            (first, second) -> second.revision() > first.revision()
                                    ? second : first);
        }
        return next.equals(byNode) ? this : new InstalledView(next);
    }

    /** The view after a fact; this view itself when it already knows that revision. */
    public InstalledView with(InstalledChanged fact) {
        InstalledArtifact artifact = fact.artifact();
        InstalledArtifact known = on(artifact.nodeId()).get(refOf(artifact));
        if (isKnown(known, fact)) {
            return this;
        }
        Map<ArtifactRef, InstalledArtifact> node = new HashMap<>(on(artifact.nodeId()));
        if (fact.removed()) {
            node.remove(refOf(artifact));
        } else {
            node.put(refOf(artifact), artifact);
        }
        Map<NodeId, Map<ArtifactRef, InstalledArtifact>> next = new HashMap<>(byNode);
        if (node.isEmpty()) {
            next.remove(artifact.nodeId());
        } else {
            next.put(artifact.nodeId(), node);
        }
        return new InstalledView(next);
    }

    /** What is on this node. */
    public Map<ArtifactRef, InstalledArtifact> on(NodeId node) {
        return Collections.unmodifiableMap(byNode.getOrDefault(node, Map.of()));
    }

    /** A removal carries the revision of what it removes, or a later one. */
    private static boolean isKnown(InstalledArtifact known, InstalledChanged fact) {
        if (known == null) {
            return fact.removed();
        }
        return fact.removed()
                ? known.revision() > fact.artifact().revision()
                : known.revision() >= fact.artifact().revision();
    }

    private static ArtifactRef refOf(InstalledArtifact artifact) {
        return new ArtifactRef(artifact.kind().wire(), artifact.id());
    }
}
