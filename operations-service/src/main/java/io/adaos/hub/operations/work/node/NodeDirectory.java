package io.adaos.hub.operations.work.node;

import io.adaos.hub.contracts.id.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The nodes that operations may be sent to: the service's own, configured ones, those seen. */
public final class NodeDirectory implements Supplier<Set<NodeId>> {

    private final Set<NodeId> always;
    private volatile Set<NodeId> known;

    /** @param configured may be named before they have asked for work */
    public NodeDirectory(Collection<NodeId> configured) {
        this.always = sorted(configured);
        this.always.add(NodeId.HUB);
        this.known = Collections.unmodifiableSet(always);
    }

    @Override
    public Set<NodeId> get() {
        return known;
    }

    /** Those the database knows, now. */
    public void refresh(Collection<NodeId> seen) {
        Set<NodeId> all = sorted(always);
        all.addAll(seen);
        known = Collections.unmodifiableSet(all);
    }

    /** This one exists. */
    public void add(NodeId node) {
        if (!known.contains(node)) {
            Set<NodeId> all = sorted(known);
            all.add(node);
            known = Collections.unmodifiableSet(all);
        }
    }

    private static Set<NodeId> sorted(Collection<NodeId> nodes) {
        Set<NodeId> sorted = new TreeSet<>(Comparator.comparing(NodeId::value));
        sorted.addAll(nodes);
        return sorted;
    }
}
