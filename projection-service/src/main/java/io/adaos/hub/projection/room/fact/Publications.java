package io.adaos.hub.projection.room.fact;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * When the newest generations of a room became durable, in steps of 100 ms. Moments are nanoseconds
 * of one clock that does not fall. Safe for use by any thread.
 */
public final class Publications {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What is older is late in any case. */
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** The first generation of a step, and when it was there. */
    private record Step(long first, long atNanos) {
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private final long openedNanos;
    private long newest;

    /** @param generation the newest when the room was opened */
    public Publications(long generation, long nowNanos) {
        openedNanos = nowNanos;
        newest = generation;
        steps.add(new Step(0, nowNanos));
    }

    /** One more generation is in the log. */
    public synchronized void published(long generation, long nowNanos) {
        newest = generation;
        if (nowNanos - steps.getLast().atNanos() >= STEP_NANOS) {
            steps.add(new Step(generation, nowNanos));
        }
        Iterator<Step> oldest = steps.iterator();
        oldest.next();
        while (oldest.hasNext() && nowNanos - oldest.next().atNanos() > WINDOW_NANOS) {
            steps.removeFirst();
            oldest = steps.iterator();
            oldest.next();
        }
    }

    /** When the room was opened. */
    public long openedNanos() {
        return openedNanos;
    }

    /** The newest generation. */
    public synchronized long newest() {
        return newest;
    }

    /** When the newest step began. */
    public synchronized long newestNanos() {
        return steps.getLast().atNanos();
    }

    /**
     * For how long somebody who has proved this generation lacks the next one, at least; 0 when
     * there is no next one.
     */
    public synchronized long waitNanos(long proved, long nowNanos) {
        if (proved >= newest) {
            return 0;
        }
        long since = steps.getFirst().atNanos();
        for (Step step : steps) {
            if (step.first() > proved + 1) {
                break;
            }
            since = step.atNanos();
        }
        return Math.max(0, nowNanos - since);
    }
}
