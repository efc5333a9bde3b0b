package io.adaos.hub.projection.governance;

/**
 * A value that may have to wait. It must not change, and its methods must be quick and must not
 * fail: they are called while the owner is judged.
 */
public interface PendingValue {

    /** Bytes it counts for: JSON size of a value, length of raw updates. */
    long bytes();

    /**
     * What is to be written when this one comes after one that still waits. A value replaces it; a
     * value that is to be merged is merged into it.
     */
    PendingValue over(PendingValue older);
}
