package io.adaos.hub.cli.supervise;

import java.util.Optional;

/** One supervised child between its starts and endings. Guarded by its supervisor's monitor. */
final class Child {
    private final ChildSpec spec;
    private final Backoff backoff = new Backoff();
    private Optional<LiveProcess> process = Optional.empty();
    private long startedNanos;
    private long dueNanos;
    private int endings;

    Child(ChildSpec spec) {
        this.spec = spec;
    }

    ChildSpec spec() {
        return spec;
    }

    Optional<LiveProcess> process() {
        return process;
    }

    /** How often it ended since it was last ready. */
    int endings() {
        return endings;
    }

    void runs(LiveProcess live, long nowNanos) {
        process = Optional.of(live);
        startedNanos = nowNanos;
    }

    /** Notes the end; a run of {@code stayedUpNanos} and more earns new trust. */
    void ended(long nowNanos, long stayedUpNanos) {
        if (process.isPresent() && nowNanos - startedNanos >= stayedUpNanos) {
            backoff.reset();
        }
        process = Optional.empty();
        endings++;
        dueNanos = nowNanos + backoff.next().toNanos();
    }

    void ready() {
        endings = 0;
    }

    boolean isDue(long nowNanos) {
        return process.isEmpty() && nowNanos - dueNanos >= 0;
    }

    double waitSeconds(long nowNanos) {
        return Math.max(0, dueNanos - nowNanos) / 1e9;
    }
}
