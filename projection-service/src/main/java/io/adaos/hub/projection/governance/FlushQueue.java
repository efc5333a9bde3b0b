package io.adaos.hub.projection.governance;

import java.util.concurrent.PriorityBlockingQueue;

/** Which owners' values come due when; each owner is in it once at most. Safe for any thread. */
final class FlushQueue {

    /** An owner and the moment to look at it. */
    record Due(long at, OwnerMeter meter) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(at, other.at);
        }
    }

    private final PriorityBlockingQueue<Due> queue = new PriorityBlockingQueue<>();

    void add(Due due) {
        queue.add(due);
    }

    /** The next one that is due; null when none is. */
    Due poll(long now) {
        Due due = queue.poll();
        if (due != null && due.at() > now) {
            queue.add(due);
            return null;
        }
        return due;
    }

    /** When the next one is due; never, when nothing waits. */
    long nextAt() {
        Due due = queue.peek();
        return due == null ? Long.MAX_VALUE : due.at();
    }
}
