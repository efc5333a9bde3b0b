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

    /** What to do with an event. */
    enum Verdict {
        APPLY,
        KNOWN,
        LIST
    }

    /** What the rules know, for other threads. */
    record Standing(Optional<String> epoch, long sequence, OptionalLong confirmedAt) {

        FollowState at(long nowMillis, Instant now) {
            if (confirmedAt.isEmpty()) {
                return new FollowState(epoch, sequence, Freshness.STALE, Optional.empty());
            }
            long age = nowMillis - confirmedAt.getAsLong();
            return new FollowState(
                    epoch, sequence, Freshness.after(age), Optional.of(now.minusMillis(age)));
        }
    }

    /** Judges an event; after APPLY it counts as applied. */
    Verdict event(String eventEpoch, long eventSequence, long nowMillis) {
        if (mustList) {
            return Verdict.LIST;
        }
        if (!eventEpoch.equals(epoch) || eventSequence > sequence + 1) {
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
        if (!mustList && eventEpoch.equals(epoch) && eventSequence <= sequence) {
            return Verdict.KNOWN;
        }
        mustList = true;
        return Verdict.LIST;
    }

    /** Takes note of where the owner is. */
    void head(ServiceHead head, long nowMillis) {
        headHeardAt = nowMillis;
        if (epoch == null || mustList) {
            return;
        }
        if (!head.epoch().equals(epoch)) {
            mustList = true;
        } else if (head.sequence() > sequence) {
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

    /** What is known cannot be trusted, for instance after the sink failed. */
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
                confirmedAt == NEVER ? OptionalLong.empty() : OptionalLong.of(confirmedAt));
    }

    private void settle(long nowMillis) {
        mustList = false;
        confirmedAt = nowMillis;
        polledAt = nowMillis;
        aheadSince = NEVER;
        belowSince = NEVER;
    }
}
