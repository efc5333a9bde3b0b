package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one transaction changed of what an observer looks at; good while the observer is called. */
public final class DocChange {
    private final TransactionChanges changes;
    private final List<TypeEvent> events;

    DocChange(TransactionChanges changes, TypeNode scope) {
        this.changes = changes;
        List<TypeEvent> found = new ArrayList<>();
        for (TypeNode type : changes.types()) {
            if (scope == null || isInside(type, scope)) {
                TypeEvent event = new TypeEvent(changes, type, scope);
                if (!event.isEmpty()) {
                    found.add(event);
                }
            }
        }
        found.sort(Comparator.comparingInt(event -> event.node().depth));
        this.events = List.copyOf(found);
    }

    private static boolean isInside(TypeNode type, TypeNode scope) {
        TypeNode at = type;
        while (at != scope && at.owner != null) {
            at = at.owner.type();
        }
        return at == scope;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Why the transaction ran. */
    public String source() {
        return changes.transaction.source();
    }

    /** Whether it was made here, and not received. */
    public boolean isLocal() {
        return changes.transaction.isLocal();
    }

    /** One event for each type that changed, outer types first. */
    public List<TypeEvent> events() {
        return events;
    }

    /**
     * The paths that changed, from the root: keys that were set or removed, lists and texts in
     * which something was inserted, deleted or formatted. See {@link UpdatePreview}, which
     * foretells a set that holds this one.
     */
    public Set<DocPath> paths() {
        Set<DocPath> paths = new LinkedHashSet<>();
        PathFinder finder = new PathFinder(DeleteSet.EMPTY);
        for (TypeEvent event : events) {
            DocPath type = finder.of(event.node()).orElseThrow();
            if (event.isListChanged()) {
                paths.add(type);
            }
            event.keys().keySet().forEach(key -> paths.add(type.with(new PathStep.Key(key))));
        }
        return paths;
    }
}
