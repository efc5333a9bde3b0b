package io.adaos.hub.projection.governance.pressure;

import java.util.Arrays;

/**
 * What was attempted in the last minute, in buckets of 100 ms, with the sums of the last minute and
 * of the last five seconds. Not safe for use by several threads.
 */
public final class RateWindow {

    /*
     * Notes.
     *
     * Only buckets that hold something exist, oldest first, so an idle owner costs nothing. A
     * window of n buckets ends with the bucket at hand: what was written in bucket b leaves the
     * window of 50 at the start of bucket b + 50. Time never goes back: the caller gives moments
     * that do not fall.
     */

    static final long BUCKET_MILLIS = 100;
    static final int DECIDED_BUCKETS = 50;
    static final double DECIDED_SECONDS = 5;
    private static final int REPORTED_BUCKETS = 600;
    private static final double REPORTED_SECOND_BUCKETS = 10;
    private static final int FIRST_CAPACITY = 8;

    private long[] bucket = new long[FIRST_CAPACITY];
    private long[] bytes = new long[FIRST_CAPACITY];
    private long[] writes = new long[FIRST_CAPACITY];
    private int from;
    private int decidedFrom;
    private int to;
    private long decidedBytes;
    private long decidedWrites;
    private long reportedBytes;
    private long reportedWrites;

    /**
     * The last minute.
     *
     * @param peakBps bytes of its largest second
     * @param peakWps writes of its largest second
     */
    public record Minute(long bytes, long writes, double peakBps, double peakWps) {
    }

    /** Adds a write to the bucket at hand and names that bucket. */
    public long add(long now, long byteCount, long writeCount) {
        forget(now);
        long at = now / BUCKET_MILLIS;
        if (to == from || bucket[to - 1] != at) {
            append(at);
        }
        change(to - 1, byteCount, writeCount);
        return at;
    }

    /** Corrects what was added; what has left the window needs no correction. */
    public void correct(long at, long byteCount, long writeCount) {
        int found = Arrays.binarySearch(bucket, from, to, at);
        if (found >= 0) {
            change(found, byteCount, writeCount);
        }
    }

    /** When the oldest bucket leaves the five seconds; never, when there is none. */
    long nextExpiry() {
        return decidedFrom == to ? Long.MAX_VALUE : expiry(decidedFrom);
    }

    /** Takes the oldest bucket out of the five seconds. */
    void expireNext() {
        decidedBytes -= bytes[decidedFrom];
        decidedWrites -= writes[decidedFrom];
        decidedFrom++;
    }

    /** Bytes of the last five seconds. */
    long decidedBytes() {
        return decidedBytes;
    }

    /** Writes of the last five seconds. */
    long decidedWrites() {
        return decidedWrites;
    }

    /** When both sums of the five seconds will have fallen below these, without another write. */
    long fallsBelow(double bytesSum, double writesSum, long now) {
        long at = now;
        long restBytes = decidedBytes;
        long restWrites = decidedWrites;
        for (int i = decidedFrom; i < to && (restBytes >= bytesSum || restWrites >= writesSum);
                i++) {
            restBytes -= bytes[i];
            restWrites -= writes[i];
            at = expiry(i);
        }
        return Math.max(at, now);
    }

    /** Whether anything of the last minute is left. */
    public boolean isEmpty(long now) {
        forget(now);
        return reportedWrites == 0;
    }

    /** The last minute as it is reported. */
    public Minute minute(long now) {
        forget(now);
        long peakBytes = 0;
        long peakWrites = 0;
        long secondBytes = 0;
        long secondWrites = 0;
        int oldest = from;
        for (int i = from; i < to; i++) {
            secondBytes += bytes[i];
            secondWrites += writes[i];
            for (; bucket[i] - bucket[oldest] >= REPORTED_SECOND_BUCKETS; oldest++) {
                secondBytes -= bytes[oldest];
                secondWrites -= writes[oldest];
            }
            peakBytes = Math.max(peakBytes, secondBytes);
            peakWrites = Math.max(peakWrites, secondWrites);
        }
        return new Minute(reportedBytes, reportedWrites, peakBytes, peakWrites);
    }

    private void forget(long now) {
        long oldest = now / BUCKET_MILLIS - REPORTED_BUCKETS;
        while (from < to && bucket[from] <= oldest) {
            if (decidedFrom == from) {
                expireNext();
            }
            reportedBytes -= bytes[from];
            reportedWrites -= writes[from];
            from++;
        }
    }

    private void change(int i, long byteCount, long writeCount) {
        bytes[i] += byteCount;
        writes[i] += writeCount;
        reportedBytes += byteCount;
        reportedWrites += writeCount;
        if (i >= decidedFrom) {
            decidedBytes += byteCount;
            decidedWrites += writeCount;
        }
    }

    private void append(long at) {
        if (to == bucket.length) {
            makeRoom();
        }
        bucket[to] = at;
        bytes[to] = 0;
        writes[to] = 0;
        to++;
    }

    private void makeRoom() {
        int size = to - from;
        int capacity = Math.max(FIRST_CAPACITY, size * 2);
        bucket = moved(bucket, capacity);
        bytes = moved(bytes, capacity);
        writes = moved(writes, capacity);
        decidedFrom -= from;
        from = 0;
        to = size;
    }

    private long[] moved(long[] old, int capacity) {
        long[] made = new long[capacity];
        System.arraycopy(old, from, made, 0, to - from);
        return made;
    }

    private long expiry(int i) {
        return (bucket[i] + DECIDED_BUCKETS) * BUCKET_MILLIS;
    }
}
