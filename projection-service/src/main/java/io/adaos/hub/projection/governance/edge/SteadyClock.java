package io.adaos.hub.projection.governance.edge;

/** Epoch milliseconds that never fall and never jump, whatever is done to the machine's clock. */
public final class SteadyClock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();

    /** Now. */
    public long millis() {
        return startMillis + (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }
}
