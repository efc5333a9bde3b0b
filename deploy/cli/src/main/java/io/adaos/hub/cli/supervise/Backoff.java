package io.adaos.hub.cli.supervise;

import java.time.Duration;

/** How long to wait before the next start of a child that keeps ending: 0.2 s, doubling to 10 s. */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(200);
    static final Duration MAX = Duration.ofSeconds(10);

    private Duration next = FIRST;

    /** The wait from now on doubles, until {@link #reset()}. */
    Duration next() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(MAX) < 0 ? doubled : MAX;
        return wait;
    }

    void reset() {
        next = FIRST;
    }
}
