package io.adaos.hub.projection.room.reader;

import io.adaos.hub.projection.crdt.UpdateMerge;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches that are told together: one goes out at once when the last telling is long ago, else with
 * all others when the window has passed. Writer only.
 */
final class Gathering {

    /** So much is told before its time. */
    private static final long BYTES_MAX = 1 << 20;

    private final long windowNanos;
    private final List<byte[]> updates = new ArrayList<>();
    private long bytes;
    private long nextNanos;

    /** @param nowNanos as all moments here, of a clock that only goes forward */
    Gathering(Duration window, long nowNanos) {
        this.windowNanos = window.toNanos();
        this.nextNanos = nowNanos;
    }

    boolean isEmpty() {
        return updates.isEmpty();
    }

    /** One more batch. */
    void add(byte[] update) {
        updates.add(update);
        bytes += update.length;
    }

    /** Whether what is here must be told now. */
    boolean isDue(long nowNanos) {
        return bytes >= BYTES_MAX || nowNanos - nextNanos >= 0;
    }

    /** Whether this is the first batch of its window, so that somebody must set a timer. */
    boolean isFirst() {
        return updates.size() == 1;
    }

    /** How long until it is due. */
    Duration pause(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nextNanos - nowNanos));
    }

    /** Forgets everything: there is nobody to tell. */
    void clear() {
        updates.clear();
        bytes = 0;
    }

    /** Takes out everything, as one update; a window begins. */
    byte[] take(long nowNanos) {
        try {
            byte[] merged = UpdateMerge.merge(updates);
            clear();
            nextNanos = nowNanos + windowNanos;
            return merged;
        } catch (MalformedUpdateException e) {
            throw new IllegalStateException("the log took an update that cannot be read", e);
        }
    }
}
