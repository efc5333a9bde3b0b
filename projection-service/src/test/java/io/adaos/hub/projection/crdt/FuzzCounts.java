package io.adaos.hub.projection.crdt;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run has compared. */
final class FuzzCounts {
    int histories;
    int edits;
    int authored;
    int applied;
    int cleanups;
    int ordered;        // merges that are those of yjs by the order of the updates only
    private int merged;
    private int mergedAlike;
    private final Map<String, Integer> kinds = new TreeMap<>();

    void history(FuzzScript script, int entries) {
        histories++;
        edits += script.editCount();
        kinds.merge(script.mode().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }

    void merged(boolean sameBytes) {
        merged++;
        mergedAlike += sameBytes ? 1 : 0;
    }

    void addAll(FuzzCounts other) {
        histories += other.histories;
        edits += other.edits;
        authored += other.authored;
        applied += other.applied;
        cleanups += other.cleanups;
        ordered += other.ordered;
        merged += other.merged;
        mergedAlike += other.mergedAlike;
        other.kinds.forEach((kind, count) -> kinds.merge(kind, count, Integer::sum));
    }

    @Override
    public String toString() {
        return "histories " + histories + " " + kinds + ", edits " + edits + ", updates authored"
                + " alike " + authored + ", applied " + applied + ", clean-ups " + cleanups
                + ", merges " + merged + " (" + mergedAlike + " byte-equal, "
                + ordered + " by the order given)";
    }
}
