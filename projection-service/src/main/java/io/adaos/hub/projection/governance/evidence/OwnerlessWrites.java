package io.adaos.hub.projection.governance.evidence;

import java.util.Map;
import java.util.TreeMap;

/** Writes without an owner, counted by the subject of their credential. Safe for any thread. */
public final class OwnerlessWrites {

    private static final int SUBJECTS_MAX = 256;
    private static final String OTHERS = "(other)";

    private final Map<String, Long> counts = new TreeMap<>();

    /** Counts a write. */
    public synchronized void note(String subject) {
        boolean hasPlace = counts.containsKey(subject) || counts.size() < SUBJECTS_MAX;
        counts.merge(hasPlace ? subject : OTHERS, 1L, Long::sum);
    }

    /** The counts by subject; those beyond the bound as one. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
