package io.adaos.hub.projection.stream.topic;

import io.adaos.hub.contracts.rules.DataRoute;
import io.adaos.hub.contracts.rules.RuleBudget;

/**
 * What one stream may carry.
 *
 * @param maxBytes UTF-8 bytes of a payload as JSON without blanks
 * @param warnBytes from so many on its publisher is warned
 * @param maxItems of its longest list
 * @param intervalMillis least time between two messages
 */
public record StreamPolicy(int maxBytes, int warnBytes, int maxItems, long intervalMillis,
        SnapshotPolicy snapshots) {

    /** No payload is larger, whatever is declared. */
    public static final int BYTES_MAX = 256 << 10;

    private static final int WARN_BYTES = 64 << 10;
    private static final double WARN_SHARE = 0.8;
    private static final double DEFAULT_HZ = 5;
    private static final double HZ_MIN = 0.02;
    private static final double HZ_MAX = 50;
    private static final long INTERVAL_MILLIS_MAX = 60_000;

    /** What a route that says this may carry. */
    public static StreamPolicy of(DataRoute.Budget budget) {
        int maxBytes = Math.min(BYTES_MAX, budget.maxBytes().orElse(BYTES_MAX));
        int warn = budget.maxBytes().isEmpty() ? WARN_BYTES
                : Math.min(WARN_BYTES, (int) (maxBytes * WARN_SHARE));
        double hz = Math.max(HZ_MIN, Math.min(HZ_MAX, budget.maxPublishHz().orElse(DEFAULT_HZ)));
        long interval = Math.max((long) Math.ceil(1_000 / hz),
                Math.min(INTERVAL_MILLIS_MAX, budget.coalesceMillis().orElse(0)));
        int most = RuleBudget.CEILING.maxItems();
        return new StreamPolicy(maxBytes, warn,
                Math.min(most, budget.maxItems().orElse(most)), interval,
                SnapshotPolicy.of(budget.snapshotPolicy().orElse("")));
    }
}
