package io.adaos.hub.operations.execution;

import java.time.Duration;
import java.util.Optional;

/**
 * When to try again what failed because something was away.
 *
 * @param first delay after the first failure; it doubles with each further one
 * @param longest no delay is longer
 */
public record RetryPolicy(Duration first, Duration longest) {

    private static final int DOUBLINGS_MAX = 20;

    public RetryPolicy {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("delays must be positive and must not shrink");
        }
    }

    /**
     * The delay before the next try; empty when the deadline would pass before it.
     *
     * @param chance 0 to 1, so that what failed together is not tried again together: the delay
     *     is shortened by up to a quarter
     */
    public Optional<Duration> delay(int failuresBefore, Duration untilDeadline, double chance) {
        Duration doubled = first.multipliedBy(1L << Math.min(failuresBefore, DOUBLINGS_MAX));
        Duration whole = doubled.compareTo(longest) < 0 ? doubled : longest;
        Duration delay = whole.minusNanos((long) (whole.toNanos() * chance / 4));
        return delay.compareTo(untilDeadline) < 0 ? Optional.of(delay) : Optional.empty();
    }
}
