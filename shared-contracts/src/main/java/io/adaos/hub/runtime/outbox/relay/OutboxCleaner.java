package io.adaos.hub.runtime.outbox.relay;

import java.time.Duration;

/** Deletes what was published long enough ago that nobody asks for it; parked rows stay a week. */
final class OutboxCleaner {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration PARKED_KEPT = Duration.ofDays(7);
    private static final Duration STORE_WAIT = Duration.ofSeconds(10);
    private static final int ROWS_MAX = 10_000;

    private final PgRelayStore store;
    private long ranAt = System.nanoTime() - EVERY.toNanos();

    OutboxCleaner(PgRelayStore store) {
        this.store = store;
    }

    /** Cleans once a minute, a bounded number of rows; called by the relay's thread. */
    void runIfDue() {
        if (System.nanoTime() - ranAt < EVERY.toNanos()) {
            return;
        }
        ranAt = System.nanoTime();
        store.clean(KEPT, PARKED_KEPT, ROWS_MAX).await().atMost(STORE_WAIT);
    }
}
