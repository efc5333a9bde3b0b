package io.adaos.hub.projection.ystore.lease;

import java.time.Duration;

/**
 * How long a webspace is owned.
 *
 * @param ttl an owner that was not heard of for so long, by the clock of the database, may be
 *     replaced
 * @param renewEvery how often an owner is heard of
 * @param doubtAfter an owner without an answer for so long, by its own clock, no longer knows
 *     whether it is one
 */
public record LeaseTerms(Duration ttl, Duration renewEvery, Duration doubtAfter) {

    /** The terms of production. */
    public static final LeaseTerms DEFAULT = new LeaseTerms(
            Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(3));

    public LeaseTerms {
        if (renewEvery.compareTo(doubtAfter) >= 0 || doubtAfter.compareTo(ttl) >= 0) {
            throw new IllegalArgumentException("an owner must doubt before it can be replaced");
        }
    }
}
