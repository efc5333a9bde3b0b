package io.adaos.hub.projection.crdt;

/**
 * Limits on what a document keeps for peers whose earlier updates have not arrived.
 *
 * @param structsMax structs that wait for others
 * @param rangesMax deleted ranges of units that are not there yet
 * @param bytesMax bytes of the updates these came with, counted until nothing waits any more
 * @param ageMillisMax how long something of one client may wait, see {@link Doc#expirePending}
 */
public record PendingLimits(int structsMax, int rangesMax, long bytesMax, long ageMillisMax) {
    private static final long AGE_MILLIS_MAX = 60_000;

    /** Enough for a long reconnect, too little to fill a heap. */
    public static final PendingLimits DEFAULT = new PendingLimits(1 << 20, 1 << 20, 64L << 20);

    /** Nothing may wait: every update must fit at once. */
    public static final PendingLimits NONE = new PendingLimits(0, 0, 0);

    /** Limits are not negative. */
    public PendingLimits {
        if (structsMax < 0 || rangesMax < 0 || bytesMax < 0 || ageMillisMax < 0) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /** These limits, and at most a minute. */
    public PendingLimits(int structsMax, int rangesMax, long bytesMax) {
        this(structsMax, rangesMax, bytesMax, AGE_MILLIS_MAX);
    }
}
