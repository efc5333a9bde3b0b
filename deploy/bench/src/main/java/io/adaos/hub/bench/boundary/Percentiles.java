package io.adaos.hub.bench.boundary;

import java.util.Arrays;

/** Times of single requests, each as it was. */
public final class Percentiles {
    private static final int FIRST = 1_024;

    private long[] nanos = new long[FIRST];
    private int count;

    /** Adds one. */
    public synchronized void add(long nanosTaken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = nanosTaken;
    }

    /** Adds those of another one, which gets no more. */
    void addAll(Percentiles other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    public synchronized int count() {
        return count;
    }

    /** The milliseconds below which this share lies; {@code NaN} when there is none. */
    public synchronized double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.max(0, Math.min(count, rank) - 1)] / 1e6;
    }
}
