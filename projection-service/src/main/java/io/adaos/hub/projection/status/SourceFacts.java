package io.adaos.hub.projection.status;

import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.WebspaceStatus.Source;
import io.adaos.hub.runtime.outbox.FollowState;
import java.time.Duration;
import java.time.Instant;

/**
 * A source of documents as it stands now.
 *
 * @param ageMs since it was last known to be current, null when it never was
 * @param sequence last fact that was taken over, null before the first list
 */
public record SourceFacts(
        Source.Name name, Source.State state, Freshness freshness, Long ageMs, Long sequence) {

    /** As its follower stands. */
    public static SourceFacts of(Source.Name name, FollowState follow, Instant now) {
        Long age = follow.lastHeardAt()
                .map(heard -> Math.max(0, Duration.between(heard, now).toMillis())).orElse(null);
        return new SourceFacts(name, state(follow), freshness(follow), age,
                follow.listed() ? follow.sequence() : null);
    }

    /** This one, made of parts that are still being read. */
    public SourceFacts reading(boolean everComplete) {
        Source.State now = switch (state) {
            case FOLLOWING, LISTING -> everComplete ? Source.State.LISTING : Source.State.PENDING;
            case PENDING, LOST -> state;
        };
        return new SourceFacts(name, now, freshness, ageMs, sequence);
    }

    /** For the wire. */
    Source evidence() {
        return new Source(name, state, ageMs, sequence);
    }

    private static Source.State state(FollowState follow) {
        if (!follow.listed()) {
            return Source.State.PENDING;
        }
        return switch (follow.freshness()) {
            case STALE -> Source.State.LOST;
            case FRESH, AGING -> follow.gap() ? Source.State.LISTING : Source.State.FOLLOWING;
        };
    }

    private static Freshness freshness(FollowState follow) {
        return switch (follow.freshness()) {
            case FRESH -> Freshness.FRESH;
            case AGING -> Freshness.AGING;
            case STALE -> Freshness.STALE;
        };
    }
}
