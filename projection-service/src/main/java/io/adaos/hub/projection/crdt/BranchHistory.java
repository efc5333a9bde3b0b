package io.adaos.hub.projection.crdt;

/**
 * How much of a shared type is past.
 *
 * @param structs structs in it and, at any depth, in live types inside of it, deleted ones
 *     included; what was inside of deleted types is not counted, it has collapsed already
 * @param live of what it shows: keys, elements, runs and marks of text, nested types included
 */
public record BranchHistory(long structs, long live) {
    /** A history of which nothing is negative. */
    public BranchHistory {
        if (structs < 0 || live < 0) {
            throw new IllegalArgumentException("no history: " + structs + ", " + live);
        }
    }

    BranchHistory plus(BranchHistory inner) {
        return new BranchHistory(structs + inner.structs, live + inner.live);
    }
}
