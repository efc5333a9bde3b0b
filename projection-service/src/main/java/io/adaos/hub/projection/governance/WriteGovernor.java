package io.adaos.hub.projection.governance;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.evidence.EvidenceBook;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.Verdict;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteEvidence;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.OwnerBudgets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides whether a write goes through, waits or is refused, before it reaches a room, and keeps
 * what waits. It never blocks and knows no clock: moments are milliseconds of one clock that does
 * not fall. Safe for use by any thread.
 */
public final class WriteGovernor {

    /*
     * Notes for callers.
     *
     * A write: judge. A permit is written and its ticket settled, once, whatever happens. What is
     * throttled belongs to the governor. Every nextFlushAt: flushDue, write each batch, flushed.
     * Before a room sleeps or the service ends: drain, write, flushed. An owner stays throttled
     * until its last flush is settled, so hand a permitted write to the room before its answer is
     * given to the writer: then nothing overtakes.
     */

    private static final int EVIDENCE_LINES_MAX = 1_024;

    private final GovernanceSettings settings;
    private final OwnerBudgets budgets;
    private final FlushQueue queue = new FlushQueue();
    private final OwnerMeters meters;
    private final EvidenceBook book = new EvidenceBook(EVIDENCE_LINES_MAX);
    private final AtomicLong failures = new AtomicLong();

    /** A governor that has seen nothing yet. */
    public WriteGovernor(GovernanceSettings settings, OwnerBudgets budgets) {
        this.settings = settings;
        this.budgets = budgets;
        this.meters = new OwnerMeters(settings, queue);
    }

    /** Decides on a write. */
    public GovernanceDecision judge(WriteAttempt attempt, PendingValue value, long now) {
        return judge(attempt, Optional.of(value), now);
    }

    /** Decides on a write that cannot wait: it is permitted or refused, and nothing else. */
    public GovernanceDecision judge(WriteAttempt attempt, long now) {
        return judge(attempt, Optional.empty(), now);
    }

    /** Counts a write that was refused before it could be judged, such as for its size. */
    public GovernanceDecision.Refuse refuse(WriteAttempt attempt, WriteReason reason, long now) {
        GovernanceDecision.Refuse refusal = meters.with(attempt.key(), now,
                meter -> meters.isShared(meter)
                        ? meter.refuseUnmeasured(attempt, reason)
                        : meter.refuse(attempt, reason, now));
        note(refusal);
        return refusal;
    }

    /** Counts a write for which there is no rule; it is in no balance. */
    public void ruleMissing(OwnerKey key, WriteCause cause, long now) {
        meters.with(key, now, meter -> {
            meter.ruleMissing(cause);
            return meter;
        });
    }

    /** Ends a write that was permitted. */
    public void settled(WriteTicket ticket, Settlement settlement, long now) {
        Optional<WriteEvidence> refused;
        synchronized (ticket.meter) {
            refused = ticket.meter.settle(ticket, settlement, now);
        }
        refused.ifPresent(evidence -> book.note(Verdict.BLOCKED, evidence));
    }

    /** When something is due; never ({@link Long#MAX_VALUE}) while nothing waits. */
    public long nextFlushAt() {
        return queue.nextAt();
    }

    /** What is due, of so many owners at most, one batch each; the next call gives the others. */
    public List<FlushBatch> flushDue(int ownersMax, long now) {
        List<FlushBatch> batches = new ArrayList<>();
        for (int i = 0; i < ownersMax; i++) {
            FlushQueue.Due due = queue.poll(now);
            if (due == null) {
                break;
            }
            synchronized (due.meter()) {
                due.meter().takeDue(now).ifPresent(batches::add);
            }
        }
        return batches;
    }

    /** All that waits in a webspace, whatever its time and its owner's state. */
    public List<FlushBatch> drain(WebspaceId webspace) {
        List<FlushBatch> batches = new ArrayList<>();
        for (OwnerMeter meter : meters.all()) {
            if (meter.key().webspaceId().equals(webspace.value())) {
                synchronized (meter) {
                    meter.takeAll().ifPresent(batches::add);
                }
            }
        }
        return batches;
    }

    /** Ends a flush: what became of each item, in order. */
    public void flushed(FlushBatch batch, List<Settlement> results, long now) {
        List<WriteEvidence> refused;
        synchronized (batch.meter) {
            refused = batch.meter.flushed(batch, results, now);
        }
        refused.forEach(evidence -> book.note(Verdict.PENDING_REFUSED, evidence));
    }

    /** Every owner, as operators see it. */
    public List<OwnerRow> rows(long now) {
        return meters.rows(now);
    }

    /** What became of all writes, by cause. */
    public Map<WriteCause, WriteCounters> totals() {
        return meters.total().byCause();
    }

    /** The evidence that is not told yet. */
    public EvidenceBook evidence() {
        return book;
    }

    /** Lets idle meters go; their counts stay. */
    public void evict(long now) {
        meters.evict(settings.limits().idle().toMillis(), now);
    }

    /** How the governor itself is. */
    public Health health() {
        return new Health(meters.size(), meters.evictions(), meters.overflows(), failures.get(),
                book.lost());
    }

    /**
     * How the governor itself is.
     *
     * @param owners meters in use
     * @param evictions meters that went idle
     * @param overflows writes that found no meter
     * @param failures writes that could not be judged, those included
     * @param evidenceLost writes whose evidence found no place
     */
    public record Health(
            int owners, long evictions, long overflows, long failures, long evidenceLost) {
    }

    private GovernanceDecision judge(
            WriteAttempt attempt, Optional<PendingValue> value, long now) {
        GovernanceDecision decision = meters.with(attempt.key(), now,
                meter -> judge(meter, attempt, value, now));
        note(decision);
        return decision;
    }

    private GovernanceDecision judge(
            OwnerMeter meter, WriteAttempt attempt, Optional<PendingValue> value, long now) {
        if (!meters.isShared(meter)) {
            try {
                meter.obey(budgets.of(attempt.key().owner()));
                return meter.judge(attempt, value, now);
            } catch (RuntimeException e) {
                // What the policy does then is its own decision; the evidence says that it failed.
            }
        }
        failures.incrementAndGet();
        return settings.failOpen() || attempt.key().isCore() || !settings.enforced()
                ? meter.passUnjudged(attempt)
                : meter.refuseUnmeasured(attempt, WriteReason.POLICY_UNAVAILABLE);
    }

    private void note(GovernanceDecision decision) {
        if (decision instanceof GovernanceDecision.Warn) {
            book.note(Verdict.WARNED, decision.evidence());
        } else if (decision instanceof GovernanceDecision.Throttle) {
            book.note(Verdict.THROTTLED, decision.evidence());
        } else if (decision instanceof GovernanceDecision.Refuse) {
            book.note(Verdict.BLOCKED, decision.evidence());
        }
    }
}
