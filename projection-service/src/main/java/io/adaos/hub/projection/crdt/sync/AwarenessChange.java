package io.adaos.hub.projection.crdt.sync;

import java.util.List;

/**
 * What became of the known clients.
 *
 * @param added clients that were not known
 * @param updated clients that said something again, the same or new
 * @param removed clients that are gone
 */
public record AwarenessChange(List<Long> added, List<Long> updated, List<Long> removed) {
    /** The lists are copied. */
    public AwarenessChange {
        added = List.copyOf(added);
        updated = List.copyOf(updated);
        removed = List.copyOf(removed);
    }

    /** Whether nothing happened. */
    public boolean isEmpty() {
        return added.isEmpty() && updated.isEmpty() && removed.isEmpty();
    }
}
