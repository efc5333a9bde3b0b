package io.adaos.hub.projection.gateway;

import java.util.function.Consumer;

/**
 * The frames of one client that are not handled yet: while there are many its socket is not read.
 * Safe for use by any thread.
 */
final class WaitingFrames {

    private static final int PAUSE_FRAMES = 128;
    private static final long PAUSE_BYTES = 1 << 20;

    private final FrameLimits limits;
    private final FrameBudget budget;
    private final Consumer<Boolean> reading;
    private int frames;
    private long bytes;
    private boolean paused;

    /** @param reading told whether the socket is to be read, one call after the other */
    WaitingFrames(FrameLimits limits, FrameBudget budget, Consumer<Boolean> reading) {
        this.limits = limits;
        this.budget = budget;
        this.reading = reading;
    }

    /** One more waits; false when there is no place for it. */
    synchronized boolean add(int length) {
        if (frames >= limits.waitingFramesMax() || bytes + length > limits.waitingBytesMax()
                || !budget.take(length)) {
            return false;
        }
        frames++;
        bytes += length;
        if (!paused && (frames >= PAUSE_FRAMES || bytes >= PAUSE_BYTES)) {
            paused = true;
            reading.accept(false);
        }
        return true;
    }

    /** One has been handled. */
    synchronized void handled(int length) {
        frames--;
        bytes -= length;
        budget.giveBack(length);
        if (paused && frames <= PAUSE_FRAMES / 2 && bytes <= PAUSE_BYTES / 2) {
            paused = false;
            reading.accept(true);
        }
    }

    /** Whether the socket is not read, so that its silence means nothing. */
    synchronized boolean isPaused() {
        return paused;
    }
}
