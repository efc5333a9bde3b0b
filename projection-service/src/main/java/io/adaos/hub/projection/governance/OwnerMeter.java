package io.adaos.hub.projection.governance;

import io.adaos.hub.projection.governance.FlushQueue.Due;
import io.adaos.hub.projection.governance.PendingTable.Entry;
import io.adaos.hub.projection.governance.PendingTable.Offered;
import io.adaos.hub.projection.governance.Tally.Count;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteEvidence;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.projection.governance.pressure.PressureLevels;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import io.adaos.hub.projection.governance.pressure.RateWindow;
import io.adaos.hub.projection.governance.pressure.ReceivedWindow;
import io.adaos.hub.projection.governance.pressure.ReseedWatch;
import io.adaos.hub.projection.governance.pressure.RootWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything known of one owner in one webspace: what it attempted, its state, what waits, and what
 * became of it all. Whoever calls holds its monitor.
 */
final class OwnerMeter {

    private static final double DIRECT_FACTOR = 0.25;

    private final OwnerKey key;
    private final Tally tally;
    private final boolean enforced;
    private final FlushQueue queue;
    private final RateWindow window = new RateWindow();
    private final PressureLevels levels = new PressureLevels(window);
    private final RootWindows roots = new RootWindows();
    private final ReceivedWindow received = new ReceivedWindow();
    private final ReseedWatch reseed = new ReseedWatch();
    private final PendingTable pending = new PendingTable();

    private PressureThresholds budget = PressureThresholds.DEFAULT;
    private PressureThresholds marks;
    private WriteReason throttledFor = WriteReason.WRITE_AMPLIFICATION;
    private WriteEvidence last;       // null before anything but an ordinary write
    private long latest;
    private long touchedAt;
    private long notBefore;
    private int inFlight;
    private boolean queued;
    private boolean gone;

    OwnerMeter(OwnerKey key, Tally tally, GovernanceSettings settings, FlushQueue queue) {
        this.key = key;
        this.tally = tally;
        this.enforced = settings.enforced();
        this.queue = queue;
        this.marks = marksOf(budget);
    }

    OwnerKey key() {
        return key;
    }

    Tally tally() {
        return tally;
    }

    /** Whether it was taken out of use; then another one has its counts. */
    boolean isGone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    /** Whether nothing is left of it but its counts. */
    boolean isIdle(long idleMillis, long at) {
        long now = pass(at);
        return now - touchedAt >= idleMillis && pending.isEmpty() && inFlight == 0
                && tally.total().inProgress() == 0 && state(now) == PolicyState.OK;
    }

    /** Sets the marks that hold from now on; those of raw updates of skills are lower. */
    void obey(PressureThresholds ownerBudget) {
        if (budget != ownerBudget) {
            budget = ownerBudget;
            marks = marksOf(ownerBudget);
        }
    }

    /** @param value what to keep when it has to wait; empty when it cannot */
    GovernanceDecision judge(WriteAttempt attempt, Optional<PendingValue> value, long at) {
        long now = pass(at);
        long bucket = measure(attempt, now);
        boolean fits = received.add(now, attempt.bytes()) <= marks.receivedBytesMax();
        reseed.see(attempt.slot(), attempt.fingerprint(), attempt.bytes(), now);
        if (!enforced || key.isCore()) {
            return permit(attempt, bucket, now);
        }
        if (!fits || levels.state() == PolicyState.BLOCK) {
            return block(attempt, fits, now);
        }
        return value.isPresent() && state(now) == PolicyState.THROTTLE
                ? defer(attempt, value.get(), now)
                : permit(attempt, bucket, now);
    }

    /** Lets a write through that could not be judged. */
    GovernanceDecision passUnjudged(WriteAttempt attempt) {
        count(attempt, Count.ATTEMPTED, 1);
        count(attempt, Count.IN_PROGRESS, 1);
        WriteEvidence evidence = evidence(attempt, WriteReason.POLICY_UNAVAILABLE, latest);
        return new GovernanceDecision.Warn(evidence, new WriteTicket(this, attempt, -1));
    }

    /** Refuses a write for a reason that has nothing to do with rates. */
    GovernanceDecision.Refuse refuse(WriteAttempt attempt, WriteReason reason, long at) {
        long now = pass(at);
        measure(attempt, now);
        received.add(now, attempt.bytes());
        return refuseUnmeasured(attempt, reason);
    }

    /** The same without a trace in the rates. */
    GovernanceDecision.Refuse refuseUnmeasured(WriteAttempt attempt, WriteReason reason) {
        count(attempt, Count.ATTEMPTED, 1);
        count(attempt, Count.REFUSED, 1);
        return new GovernanceDecision.Refuse(evidence(attempt, reason, latest), 0, 0, 0);
    }

    void ruleMissing(WriteCause cause) {
        tally.add(cause, Count.RULE_MISSING, 1);
    }

    /** Ends an allowed write; gives evidence when the room refused it. */
    Optional<WriteEvidence> settle(WriteTicket ticket, Settlement settlement, long at) {
        if (ticket.settled || settlement instanceof Settlement.Postponed) {
            throw new IllegalStateException("a ticket is settled once, and not " + settlement);
        }
        ticket.settled = true;
        long now = pass(at);
        WriteAttempt attempt = ticket.attempt;
        count(attempt, Count.IN_PROGRESS, -1);
        if (settlement instanceof Settlement.Applied applied) {
            count(attempt, Count.APPLIED, 1);
            correct(ticket, applied.changedBytes() - attempt.bytes(), 0, now);
        } else if (settlement instanceof Settlement.Unchanged) {
            count(attempt, Count.ATTEMPTED, -1);
            count(attempt, Count.UNCHANGED, 1);
            correct(ticket, -attempt.bytes(), -1, now);
        } else if (settlement instanceof Settlement.Coalesced) {
            count(attempt, Count.COALESCED, 1);
        } else if (settlement instanceof Settlement.Refused refused) {
            count(attempt, Count.REFUSED, 1);
            return Optional.of(evidence(attempt, refused.reason(), now));
        }
        return Optional.empty();
    }

    /** The values whose turn it is; none while the owner is blocked or the last ones are out. */
    Optional<FlushBatch> takeDue(long at) {
        queued = false;
        long now = pass(at);
        if (inFlight > 0 || pending.isEmpty()) {
            return Optional.empty();
        }
        if (levels.state() == PolicyState.BLOCK || notBefore > now) {
            schedule(now);
            return Optional.empty();
        }
        List<Entry> entries = pending.take(marks.flushBytes());
        notBefore = now + marks.flushWaitMillis(
                entries.stream().mapToLong(Entry::bytes).sum());
        inFlight++;
        return Optional.of(new FlushBatch(this, entries));
    }

    /** All that waits, whatever its time. */
    Optional<FlushBatch> takeAll() {
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        inFlight++;
        return Optional.of(new FlushBatch(this, pending.take(Long.MAX_VALUE)));
    }

    /** Ends a flush; gives evidence of what the room refused. */
    List<WriteEvidence> flushed(FlushBatch batch, List<Settlement> results, long at) {
        if (batch.settled || results.size() != batch.entries.size()) {
            throw new IllegalStateException("a flush is settled once, with a result for each item");
        }
        batch.settled = true;
        long now = pass(at);
        List<Entry> back = new ArrayList<>();
        List<WriteEvidence> refused = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Entry entry = batch.entries.get(i);
            if (results.get(i) instanceof Settlement.Postponed) {
                back.add(entry);
                notBefore = Math.max(notBefore, now + marks.spacing().toMillis());
            } else {
                end(entry, results.get(i), now).ifPresent(refused::add);
            }
        }
        pending.putBack(back).forEach(entry -> coalesce(entry, entry.writes()));
        inFlight--;
        schedule(now);
        return refused;
    }

    OwnerRow row(long at) {
        long now = pass(at);
        PolicyState state = state(now);
        RateWindow.Minute minute = window.minute(now);
        List<String> recent = roots.recent(now);
        return new OwnerRow(key.webspaceId(), key.owner(), key.direct(),
                minute.bytes(), minute.writes(), minute.peakBps(), minute.peakWps(),
                state, OwnerRow.TARGET, reason(now).orElse(null),
                state == PolicyState.BLOCK ? recent : List.of(),
                state == PolicyState.THROTTLE ? recent : List.of(),
                levels.bytesPerSecond(), levels.writesPerSecond(), leavesAt(now) - now,
                pending.size(), roots.minutes(now), tally.total(), tally.byCause(), last);
    }

    private PressureThresholds marksOf(PressureThresholds ownerBudget) {
        return key.direct() ? ownerBudget.scaled(DIRECT_FACTOR) : ownerBudget;
    }

    private long pass(long at) {
        latest = Math.max(latest, at);
        levels.pass(latest, marks);
        return latest;
    }

    private long measure(WriteAttempt attempt, long now) {
        touchedAt = now;
        roots.add(attempt.roots(), attempt.bytes(), now);
        long bucket = window.add(now, attempt.bytes(), 1);
        levels.rose(marks);
        return bucket;
    }

    private void correct(WriteTicket ticket, long bytes, long writes, long now) {
        window.correct(ticket.bucket, bytes, writes);
        roots.correct(ticket.attempt.roots(), ticket.bucket, bytes, writes);
        if (bytes > 0) {
            levels.rose(marks);
        }
        levels.fell(now, marks);
    }

    private GovernanceDecision permit(WriteAttempt attempt, long bucket, long now) {
        count(attempt, Count.ATTEMPTED, 1);
        count(attempt, Count.IN_PROGRESS, 1);
        Optional<WriteReason> reason = reason(now).or(() -> key.direct()
                ? Optional.of(WriteReason.DEPRECATED_DIRECT_SKILL_YJS_WRITE)
                : Optional.empty());
        WriteTicket ticket = new WriteTicket(this, attempt, bucket);
        WriteEvidence evidence = evidence(attempt, reason.orElse(null), now);
        return reason.isPresent()
                ? new GovernanceDecision.Warn(evidence, ticket)
                : new GovernanceDecision.Allow(evidence, ticket);
    }

    private GovernanceDecision block(WriteAttempt attempt, boolean fits, long now) {
        count(attempt, Count.ATTEMPTED, 1);
        count(attempt, Count.REFUSED, 1);
        count(attempt, Count.BLOCKED, 1);
        WriteEvidence evidence = evidence(attempt, WriteReason.WRITE_AMPLIFICATION, now);
        long retryAt = levels.leavesAt(PolicyState.BLOCK, now, marks);
        if (!fits) {
            long limit = marks.receivedBytesMax();
            long fitsAt = received.fitsAt(now, attempt.bytes(), limit);
            return new GovernanceDecision.Refuse(
                    evidence, received.add(now, 0), limit, Math.max(retryAt, fitsAt) - now);
        }
        boolean byBytes = levels.bytesPerSecond() / marks.bytes().block()
                >= levels.writesPerSecond() / marks.writes().block();
        return new GovernanceDecision.Refuse(evidence,
                byBytes ? levels.bytesPerSecond() : levels.writesPerSecond(),
                byBytes ? marks.bytes().block() : marks.writes().block(), retryAt - now);
    }

    private GovernanceDecision defer(WriteAttempt attempt, PendingValue value, long now) {
        throttledFor = reason(now).orElse(throttledFor);
        if (pending.isEmpty() && inFlight == 0) {
            notBefore = Math.max(notBefore, now + marks.spacing().toMillis());
        }
        Optional<Entry> older = pending.get(attempt.slot());
        Offered offered = pending.offer(attempt, value);
        count(attempt, Count.ATTEMPTED, 1);
        if (offered == Offered.REFUSED) {
            count(attempt, Count.REFUSED, 1);
            return new GovernanceDecision.Refuse(
                    evidence(attempt, WriteReason.PENDING_LIMIT, now), pending.size(),
                    GovernanceSettings.PENDING_MAX, Math.max(1, notBefore - now));
        }
        count(attempt, Count.PENDING, 1);
        count(attempt, Count.THROTTLED, 1);
        Optional<PendingValue> replaced = Optional.empty();
        if (offered == Offered.REPLACED) {
            coalesce(older.orElseThrow(), 1);
            replaced = older.map(Entry::value);
        }
        schedule(now);
        return new GovernanceDecision.Throttle(
                evidence(attempt, throttledFor, now), replaced, notBefore);
    }

    private Optional<WriteEvidence> end(Entry entry, Settlement result, long now) {
        WriteAttempt attempt = entry.attempt();
        if (result instanceof Settlement.Refused refused) {
            count(attempt, Count.PENDING, -entry.writes());
            count(attempt, Count.REFUSED, entry.writes());
            return Optional.of(evidence(attempt, refused.reason(), now));
        }
        boolean isApplied = result instanceof Settlement.Applied;
        coalesce(entry, isApplied ? entry.writes() - 1 : entry.writes());
        if (isApplied) {
            count(attempt, Count.PENDING, -1);
            count(attempt, Count.APPLIED, 1);
        }
        return Optional.empty();
    }

    private void coalesce(Entry entry, int writes) {
        count(entry.attempt(), Count.PENDING, -writes);
        count(entry.attempt(), Count.COALESCED, writes);
    }

    private void schedule(long now) {
        if (!queued && inFlight == 0 && !pending.isEmpty()) {
            queued = true;
            long free = levels.leavesAt(PolicyState.BLOCK, now, marks);
            queue.add(new Due(Math.max(free, notBefore), this));
        }
    }

    /** Throttled as long as anything waits, so that no newer value overtakes it. */
    private PolicyState state(long now) {
        PolicyState byRate = levels.state();
        boolean isReseeding = reseed.lasts(now);
        if (key.isCore()) {
            return byRate == PolicyState.OK && !isReseeding ? PolicyState.OK : PolicyState.WARN;
        }
        boolean holds = isReseeding || !pending.isEmpty() || inFlight > 0;
        return holds && byRate != PolicyState.BLOCK ? PolicyState.THROTTLE : byRate;
    }

    private Optional<WriteReason> reason(long now) {
        PolicyState state = state(now);
        PolicyState byRate = levels.state();
        if (state == PolicyState.OK) {
            return Optional.empty();
        }
        if (byRate.compareTo(state) >= 0) {
            return Optional.of(WriteReason.WRITE_AMPLIFICATION);
        }
        return Optional.of(reseed.lasts(now) ? WriteReason.REPEATED_RESEED : throttledFor);
    }

    private long leavesAt(long now) {
        PolicyState state = state(now);
        long byRate = levels.leavesAt(levels.state(), now, marks);
        if (state == PolicyState.OK || state == PolicyState.BLOCK) {
            return byRate;
        }
        long byReseed = reseed.lasts(now) ? reseed.endsAt() : now;
        long byPending = pending.isEmpty() ? now : notBefore;
        return Math.max(byRate, Math.max(byReseed, byPending));
    }

    private WriteEvidence evidence(WriteAttempt attempt, WriteReason reason, long now) {
        WriteEvidence evidence = new WriteEvidence(key.webspaceId(), key.owner(), attempt.roots(),
                attempt.origin().source(), attempt.origin().channel(), attempt.path(),
                attempt.bytes(), state(now), reason, attempt.origin().cause(),
                attempt.origin().correlationId(), attempt.origin().generation(), key.direct(),
                levels.bytesPerSecond(), levels.writesPerSecond(), tally.total());
        if (reason != null) {
            last = evidence;
        }
        return evidence;
    }

    private void count(WriteAttempt attempt, Count count, long more) {
        tally.add(attempt.origin().cause(), count, more);
    }
}
