package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a transaction changed in one shared type that was there before and still is. */
public final class TypeEvent {
    private final TransactionChanges changes;
    private final TypeNode node;
    private final TypeNode scope;
    private final Map<String, KeyChange> keys;

    TypeEvent(TransactionChanges changes, TypeNode node, TypeNode scope) {
        this.changes = changes;
        this.node = node;
        this.scope = scope;
        this.keys = Collections.unmodifiableMap(changes.keys(node, changes.transaction.doc));
    }

    TypeNode node() {
        return node;
    }

    boolean isEmpty() {
        return keys.isEmpty() && !isListChanged();
    }

    /** The type that changed; empty for a root nobody has asked for by its kind. */
    public Optional<SharedType> target() {
        return node.kind == TypeKind.UNKNOWN
                ? Optional.empty() : Optional.of(node.view(changes.transaction.doc));
    }

    /**
     * The way to the type as it is now, keys (String) and list indices (Integer): from the observed
     * type, or, where the document is observed, beginning with the name of the root. Finding an
     * index costs in proportion to it.
     */
    public List<Object> path() {
        List<Object> path = new ArrayList<>();
        TypeNode at = node;
        while (at != scope && at.owner != null) {
            Item owner = at.owner;
            path.add(owner.parentSub != null ? owner.parentSub : (Object) indexOf(owner));
            at = owner.type();
        }
        if (at != scope) {
            path.add(at.name);
        }
        Collections.reverse(path);
        return path;
    }

    private static int indexOf(Item item) {
        long index = 0;
        for (Item before = item.left; before != null; before = before.left) {
            index += before.isVisible() ? before.length() : 0;
        }
        return Math.toIntExact(index);
    }

    /** What became of keys, or of attributes of a text or XML element, without unchanged ones. */
    public Map<String, KeyChange> keys() {
        return keys;
    }

    /** Whether the list or text shows something else than before. */
    public boolean isListChanged() {
        return changes.isListChanged(node);
    }

    /**
     * The steps from the old list or text to the new one, the unchanged end left out. Costs in
     * proportion to the list; good only while the observer is called.
     */
    public List<DeltaStep> delta() {
        if (!isListChanged()) {
            return List.of();
        }
        return new DeltaBuilder(changes, node, target().orElse(null)).build();
    }
}
