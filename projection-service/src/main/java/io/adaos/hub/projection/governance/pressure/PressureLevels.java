package io.adaos.hub.projection.governance.pressure;

/**
 * The state of one owner by its rate: entered at once, left after three quiet seconds. Not safe for
 * use by several threads.
 */
public final class PressureLevels {

    /*
     * Notes.
     *
     * Each of warn, throttle and block is a latch of its own over the same sums. It closes when the
     * rate of bytes or of writes reaches its mark, and opens when both have stayed below 0.8 of it
     * for three seconds. The rate falls only when a bucket leaves the five seconds or a sum is
     * corrected, so the moment it fell is known exactly, however late anybody looks.
     */

    private static final double LEAVE_FACTOR = 0.8;
    private static final long LEAVE_MILLIS = 3_000;
    private static final long ABOVE = Long.MAX_VALUE;
    private static final PolicyState[] LATCHES = {
        PolicyState.WARN, PolicyState.THROTTLE, PolicyState.BLOCK};

    private final RateWindow window;
    private final boolean[] closed = new boolean[PolicyState.values().length];
    private final long[] belowSince = new long[PolicyState.values().length];

    /** Levels over a window. */
    public PressureLevels(RateWindow window) {
        this.window = window;
    }

    /** Lets time pass: buckets leave, latches open. */
    public void pass(long now, PressureThresholds marks) {
        while (window.nextExpiry() <= now) {
            long at = window.nextExpiry();
            window.expireNext();
            fell(at, marks);
        }
        fell(now, marks);
        for (PolicyState state : LATCHES) {
            int i = state.ordinal();
            if (closed[i] && belowSince[i] <= now - LEAVE_MILLIS
                    && isBelow(state, LEAVE_FACTOR, marks)) {
                closed[i] = false;
            }
        }
    }

    /** A write was added. */
    public void rose(PressureThresholds marks) {
        for (PolicyState state : LATCHES) {
            int i = state.ordinal();
            if (!isBelow(state, 1, marks)) {
                closed[i] = true;
            }
            if (!isBelow(state, LEAVE_FACTOR, marks)) {
                belowSince[i] = ABOVE;
            }
        }
    }

    /** A sum became smaller. */
    public void fell(long at, PressureThresholds marks) {
        for (PolicyState state : LATCHES) {
            int i = state.ordinal();
            if (belowSince[i] == ABOVE && isBelow(state, LEAVE_FACTOR, marks)) {
                belowSince[i] = at;
            }
        }
    }

    /** The highest latch that is closed. */
    public PolicyState state() {
        PolicyState state = PolicyState.OK;
        for (PolicyState latch : LATCHES) {
            if (closed[latch.ordinal()]) {
                state = latch;
            }
        }
        return state;
    }

    /** The earliest moment at which a latch can open; now, when it is open. */
    public long leavesAt(PolicyState state, long now, PressureThresholds marks) {
        int i = state.ordinal();
        if (!closed[i]) {
            return now;
        }
        long below = belowSince[i] != ABOVE ? belowSince[i] : window.fallsBelow(
                sum(marks.bytes().of(state), LEAVE_FACTOR),
                sum(marks.writes().of(state), LEAVE_FACTOR), now);
        return Math.max(now, below + LEAVE_MILLIS);
    }

    /** Bytes a second, as decided on. */
    public double bytesPerSecond() {
        return window.decidedBytes() / RateWindow.DECIDED_SECONDS;
    }

    /** Writes a second, as decided on. */
    public double writesPerSecond() {
        return window.decidedWrites() / RateWindow.DECIDED_SECONDS;
    }

    private boolean isBelow(PolicyState state, double factor, PressureThresholds marks) {
        return window.decidedBytes() < sum(marks.bytes().of(state), factor)
                && window.decidedWrites() < sum(marks.writes().of(state), factor);
    }

    private static double sum(double mark, double factor) {
        return mark * factor * RateWindow.DECIDED_SECONDS;
    }
}
