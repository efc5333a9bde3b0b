package io.adaos.hub.projection.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of large frames this process handles at once, over all sockets: reading an update
 * takes a multiple of its size. Small frames pass, each socket bounds its own. Safe for use by any
 * thread.
 */
final class FrameBudget {

    static final int LARGE_BYTES = 256 << 10;

    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    /** @param bytesMax a single frame may be larger */
    FrameBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** As much as the heap of this process can bear. */
    static FrameBudget ofHeap() {
        return new FrameBudget(Runtime.getRuntime().maxMemory() / 16);
    }

    /** Whether a frame of this length may be handled now; if so, it must be given back. */
    boolean take(int length) {
        if (length < LARGE_BYTES) {
            return true;
        }
        long before = taken.getAndAdd(length);
        if (before == 0 || before + length <= bytesMax) {
            return true;
        }
        taken.addAndGet(-length);
        return false;
    }

    /** The frame has been handled. */
    void giveBack(int length) {
        if (length >= LARGE_BYTES) {
            taken.addAndGet(-length);
        }
    }
}
