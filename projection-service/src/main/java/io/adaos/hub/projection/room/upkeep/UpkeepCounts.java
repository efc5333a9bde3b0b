package io.adaos.hub.projection.room.upkeep;

import java.util.concurrent.atomic.LongAdder;

/** What the rooms of this process did to their documents on their own. Safe for any thread. */
public final class UpkeepCounts {

    private final LongAdder rotations = new LongAdder();
    private final LongAdder rotatedBranches = new LongAdder();
    private final LongAdder rotatedBytes = new LongAdder();

    /** One rotation of so many branches, whose update has so many bytes. */
    void rotated(int branches, long bytes) {
        rotations.increment();
        rotatedBranches.add(branches);
        rotatedBytes.add(bytes);
    }

    /** Rotations so far. */
    public long rotations() {
        return rotations.sum();
    }

    /** Branches that were rotated. */
    public long rotatedBranches() {
        return rotatedBranches.sum();
    }

    /** Bytes of the updates that rotated them. */
    public long rotatedBytes() {
        return rotatedBytes.sum();
    }
}
