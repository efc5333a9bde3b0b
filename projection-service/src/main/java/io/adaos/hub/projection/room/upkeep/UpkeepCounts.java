package io.adaos.hub.projection.room.upkeep;

import io.adaos.hub.projection.room.fact.SnapshotFallbacks;
import java.util.concurrent.atomic.LongAdder;

/** What the rooms of this process did to their documents on their own. Safe for any thread. */
public final class UpkeepCounts {

    private final LongAdder rotations = new LongAdder();
    private final LongAdder rotatedBranches = new LongAdder();
    private final LongAdder rotatedBytes = new LongAdder();
    private final LongAdder repairs = new LongAdder();
    private final LongAdder cleared = new LongAdder();
    private final LongAdder sleeps = new LongAdder();
    private final LongAdder opens = new LongAdder();
    private final SnapshotFallbacks fallbacks = new SnapshotFallbacks();

    /** One rotation of so many branches, whose update has so many bytes. */
    void rotated(int branches, long bytes) {
        rotations.increment();
        rotatedBranches.add(branches);
        rotatedBytes.add(bytes);
    }

    /** One document was repaired. */
    public void repaired() {
        repairs.increment();
    }

    /** So many branches were removed whose artifact is gone. */
    public void cleared(int branches) {
        cleared.add(branches);
    }

    /** One room was opened, for the first time or again. */
    public void opened() {
        opens.increment();
    }

    /** One room fell asleep. */
    public void slept() {
        sleeps.increment();
    }

    /** Full states that stood in for ordinary sync. */
    public SnapshotFallbacks fallbacks() {
        return fallbacks;
    }

    /** Documents that were repaired when their rooms opened. */
    public long repairs() {
        return repairs.sum();
    }

    /** Branches that were removed since their artifacts are gone. */
    public long cleared() {
        return cleared.sum();
    }

    /** Rooms that were opened. */
    public long opens() {
        return opens.sum();
    }

    /** Rooms that fell asleep. */
    public long sleeps() {
        return sleeps.sum();
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
