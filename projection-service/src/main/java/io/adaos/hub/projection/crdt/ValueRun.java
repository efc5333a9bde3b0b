package io.adaos.hub.projection.crdt;

import java.util.Arrays;

/** Several values in an array; long parts share it, so that cutting off ends stays cheap. */
final class ValueRun {
    /** Shorter parts are copied. */
    private static final int LENGTH_MIN = 64;

    /** A part that is a smaller share of its array is copied, so that the array can go. */
    private static final int SHARE_MIN = 8;

    private Object[] values;
    private int from;
    private int count;
    private boolean shared;     // another run uses the same array

    private ValueRun(Object[] values, int from, int count) {
        this.values = values;
        this.from = from;
        this.count = count;
    }

    /** The array is used, not copied. */
    static ValueRun of(Object[] values) {
        return new ValueRun(values, 0, values.length);
    }

    int count() {
        return count;
    }

    Object get(long index) {
        return values[from + (int) index];
    }

    /** The values [start, end). */
    ValueRun part(long start, long end) {
        int length = (int) (end - start);
        int first = from + (int) start;
        if (length < LENGTH_MIN || length < values.length / SHARE_MIN) {
            return of(Arrays.copyOfRange(values, first, first + length));
        }
        ValueRun part = new ValueRun(values, first, length);
        part.shared = true;
        shared = true;
        return part;
    }

    void append(ValueRun more) {
        int room = shared ? 0 : values.length - from;
        if (count + more.count > room) {
            Object[] grown = new Object[Math.max(count + more.count, 2 * count)];
            System.arraycopy(values, from, grown, 0, count);
            values = grown;
            from = 0;
            shared = false;
        }
        System.arraycopy(more.values, more.from, values, count + from, more.count);
        count += more.count;
    }
}
