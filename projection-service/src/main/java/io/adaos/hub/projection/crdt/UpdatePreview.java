package io.adaos.hub.projection.crdt;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What applying an update would do to a document, found without touching it.
 *
 * <p>A path is touched when what a reader sees there may be another one afterwards: a key that is
 * written or deleted, or a list or text in which something is inserted, deleted or formatted.
 * Branches that come or go are touched as a whole: what is inside of a branch that this update
 * makes, replaces or deletes has no path of its own. A write that loses against a concurrent one
 * touches its path nevertheless.
 *
 * @param fit whether there is something new, and whether all it needs is there
 * @param touched all paths that would be touched, as far as they can be known
 * @param isComplete whether {@code touched} holds every path; false when a part would have to
 *     wait for other updates (its place is not known then), when parts of earlier updates wait
 *     that this one may set free, or when there are more paths than were asked for: then deny
 * @param structs structs in the update, known ones included
 * @param newStructs structs that would be added to the document, those that wait not included
 * @param hiddenStructs of them, those that nobody can see: their parent is deleted or collected
 * @param writers ids of the clients in whose names the new structs, and those that would wait,
 *     are written
 */
public record UpdatePreview(UpdateFit fit, Set<DocPath> touched, boolean isComplete, int structs,
        int newStructs, int hiddenStructs, SortedSet<Long> writers) {
    /** The sets are copied. */
    public UpdatePreview {
        touched = Collections.unmodifiableSet(new LinkedHashSet<>(touched));
        writers = Collections.unmodifiableSortedSet(new TreeSet<>(writers));
    }
}
