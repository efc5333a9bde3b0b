package io.adaos.hub.runtime.outbox;

import io.adaos.hub.contracts.bus.ServiceHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a reader must list again, and how current its state is. Not thread-safe; time comes in as
 * {@code nowMillis} of a clock that never goes back.
 */
final class FollowRules {

    /*
     * Notes on what counts as heard.
     *
     * The state is confirmed when the owner said that nothing is above it (a head), when the next
     * fact was applied, or when a list was taken over. A head above the state confirms nothing: the
     * facts may still be under way, so it gets 2 s before it counts as a loss. A head below the
     * state is either old news from another subscription or a database set back; only the second
     * lasts.
     */

    static final long HEAD_PATIENCE_MILLIS = Duration.ofSeconds(2).toMillis();
    static final long SETBACK_PATIENCE_MILLIS = Duration.ofSeconds(6).toMillis();
    static final long POLL_MILLIS = Duration.ofSeconds(5).toMillis();

    private static final long NEVER = -1;

    private String epoch;                 // null before the first list
    private long sequence;
    private long confirmedAt = NEVER;
    private long headHeardAt = NEVER;
    private long polledAt = NEVER;
    private long aheadSince = NEVER;      // first head above the state that is still not reached
    private long aheadSequence;
    private long belowSince = NEVER;      // first of an unbroken row of heads below the state
    private boolean mustList = true;
    private boolean otherEpoch;           // what is held belongs to a history that is over

    /** What to do with an event. */
    enum Verdict {
        APPLY,
        KNOWN,
        LIST
    }

    /** What the rules know, for other threads. */
    record Standing(Optional<String> epoch, long sequence, OptionalLong confirmedAt,
            Freshness atBest) {

        FollowState at(long nowMillis, Instant now) {
            if (confirmedAt.isEmpty()) {
                return new FollowState(
                        epoch, sequence, Freshness.STALE, Optional.empty(), true);
            }
            long age = nowMillis - confirmedAt.getAsLong();
            return new FollowState(
                    epoch, sequence, Freshness.after(age).atBest(atBest),
                    Optional.of(now.minusMillis(age)), atBest != Freshness.FRESH);
        }

        /** The same, when something is known to be missing. */
        Standing incomplete() {
            return new Standing(epoch, sequence, confirmedAt, Freshness.AGING.atBest(atBest));
        }
    }

    /** Judges an event; after APPLY it counts as applied. */
    Verdict event(String eventEpoch, long eventSequence, long nowMillis) {
        compareEpoch(eventEpoch);
        if (mustList || eventSequence > sequence + 1) {
            mustList = true;
            return Verdict.LIST;
        }
        if (eventSequence <= sequence) {
            return Verdict.KNOWN;
        }
        sequence = eventSequence;
        confirmedAt = nowMillis;
        if (sequence >= aheadSequence) {
            aheadSince = NEVER;
        }
        return Verdict.APPLY;
    }

    /** Judges what stands for a fact that could not be published: only the list tells of it. */
    Verdict tombstone(String eventEpoch, long eventSequence) {
        compareEpoch(eventEpoch);
        if (!mustList && eventSequence <= sequence) {
            return Verdict.KNOWN;
        }
        mustList = true;
        return Verdict.LIST;
    }

    /** Takes note of where the owner is. */
    void head(ServiceHead head, long nowMillis) {
        headHeardAt = nowMillis;
        compareEpoch(head.epoch());
        if (mustList) {
            return;
        }
        if (head.sequence() > sequence) {
            belowSince = NEVER;
            if (aheadSince == NEVER) {
                aheadSince = nowMillis;
                aheadSequence = head.sequence();
            }
        } else if (head.sequence() < sequence) {
            belowSince = belowSince == NEVER ? nowMillis : belowSince;
            mustList = nowMillis - belowSince >= SETBACK_PATIENCE_MILLIS;
        } else {
            belowSince = NEVER;
            aheadSince = NEVER;
            confirmedAt = nowMillis;
        }
    }

    /** A list was taken over. */
    void listed(String listEpoch, long listSequence, long nowMillis) {
        epoch = listEpoch;
        sequence = listSequence;
        settle(nowMillis);
    }

    /** The owner said that the last list still holds, and nothing was applied since. */
    void unchanged(long nowMillis) {
        settle(nowMillis);
    }

    /** The event that was last judged APPLY could not be applied: its place is not reached. */
    void notApplied() {
        sequence--;
        mustList = true;
    }

    /** What is known cannot be trusted, for instance after events were dropped. */
    void distrust() {
        mustList = true;
    }

    /** Whether the state must be listed whole before anything else is applied. */
    boolean mustList(long nowMillis) {
        if (aheadSince != NEVER && nowMillis - aheadSince >= HEAD_PATIENCE_MILLIS) {
            mustList = true;
        }
        return mustList;
    }

    /** Whether it is time to ask if the list still holds, as no head tells. */
    boolean mustPoll(long nowMillis) {
        return epoch != null
                && nowMillis - Math.max(headHeardAt, polledAt) >= POLL_MILLIS;
    }

    Standing standing() {
        return new Standing(Optional.ofNullable(epoch), sequence,
                confirmedAt == NEVER ? OptionalLong.empty() : OptionalLong.of(confirmedAt),
                atBest());
    }

    private Freshness atBest() {
        if (otherEpoch) {
            return Freshness.STALE;
        }
        return mustList ? Freshness.AGING : Freshness.FRESH;
    }

    private void compareEpoch(String heard) {
        if (!heard.equals(epoch)) {
            otherEpoch = true;
            mustList = true;
        }
    }

    private void settle(long nowMillis) {
        mustList = false;
        otherEpoch = false;
        confirmedAt = nowMillis;
        polledAt = nowMillis;
        aheadSince = NEVER;
        belowSince = NEVER;
    }
}
