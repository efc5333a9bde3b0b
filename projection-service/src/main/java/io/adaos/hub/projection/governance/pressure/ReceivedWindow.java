package io.adaos.hub.projection.governance.pressure;

/**
 * The bytes received in the last second, whatever became of them, in ten buckets. Not safe for use
 * by several threads.
 */
public final class ReceivedWindow {

    private static final int BUCKETS = 10;

    private final long[] bytes = new long[BUCKETS];
    private long at = Long.MIN_VALUE;
    private long sum;

    /** Adds what was received and gives the sum of the last second. */
    public long add(long now, long received) {
        long bucket = now / RateWindow.BUCKET_MILLIS;
        if (at == Long.MIN_VALUE) {
            at = bucket;
        }
        for (int i = 0; i < BUCKETS && at < bucket; i++) {
            at++;
            sum -= bytes[slot(at)];
            bytes[slot(at)] = 0;
        }
        at = Math.max(at, bucket);
        bytes[slot(at)] += received;
        sum += received;
        return sum;
    }

    /** When so many more bytes will stay within the limit; a whole second when they never do. */
    public long fitsAt(long now, long more, long limit) {
        long rest = sum;
        for (long oldest = at - BUCKETS + 1; oldest <= at; oldest++) {
            if (rest + more <= limit) {
                return Math.max(now, (oldest - 1 + BUCKETS) * RateWindow.BUCKET_MILLIS);
            }
            rest -= bytes[slot(oldest)];
        }
        return Math.max(now, (at + BUCKETS) * RateWindow.BUCKET_MILLIS);
    }

    private static int slot(long bucket) {
        return (int) Math.floorMod(bucket, (long) BUCKETS);
    }
}
