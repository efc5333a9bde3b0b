package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.FlushBatch;
import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.rules.Resolution;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Brings deferred writes into their rooms when their time has come, one batch per owner. */
@Singleton
public final class FlushService {

    private static final Logger LOG = Logger.getLogger(FlushService.class);
    private static final long EVERY_MILLIS = 20;
    private static final int OWNERS_AT_ONCE = 64;

    private final WriteGovernor governor;
    private final InstalledRulesService rules;
    private final SteadyClock clock;
    private final RoomGate gate;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "flush");
                made.setDaemon(true);
                return made;
            });

    FlushService(WriteGovernor governor, InstalledRulesService rules, RoomDirectory rooms,
            SteadyClock clock) {
        this.governor = governor;
        this.rules = rules;
        this.clock = clock;
        this.gate = new RoomGate(rooms);
    }

    /** One item of a flush and what was found of it before the room is asked. */
    private record Checked(PendingWrite pending, WriteEnd refused, boolean isLater) {

        private boolean isWritten() {
            return refused == null && !isLater;
        }
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(
                this::flushDue, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdown();
    }

    /** Writes all that waits, whatever its time; for the end of the process. */
    public CompletionStage<Void> drain() {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        governor.rows(clock.millis()).stream()
                .filter(row -> row.pendingPaths() > 0)
                .map(OwnerRow::webspaceId).distinct()
                .map(WebspaceId::new)
                .forEach(webspace -> governor.drain(webspace).forEach(batch ->
                        ends.add(flush(batch).toCompletableFuture())));
        return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
    }

    /** The edge of the thread: a timer forgets a task that throws. */
    private void flushDue() {
        try {
            if (governor.nextFlushAt() <= clock.millis()) {
                governor.flushDue(OWNERS_AT_ONCE, clock.millis()).forEach(this::flush);
            }
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=flush_failed");
        }
    }

    /** Ends in any case: a batch that is never settled holds its owner in throttle for ever. */
    private CompletionStage<Void> flush(FlushBatch batch) {
        return CompletableFuture.completedStage(batch).thenCompose(this::written)
                .exceptionally(failure -> {
                    LOG.errorf(failure, "event=flush_failed webspaceId=%s owner=%s",
                            batch.key().webspaceId(), batch.key().owner());
                    governor.flushed(batch, batch.items().stream()
                            .<Settlement>map(item -> new Settlement.Postponed()).toList(),
                            clock.millis());
                    return null;
                });
    }

    private CompletionStage<Void> written(FlushBatch batch) {
        RuleBook book = rules.book();
        List<Checked> items = batch.items().stream()
                .map(item -> checked((PendingWrite) item.value(), book)).toList();
        return gate.find(new WebspaceId(batch.key().webspaceId()))
                .thenCompose(place -> write(place, batch, items))
                .thenAccept(ends -> settle(batch, items, ends));
    }

    private static Checked checked(PendingWrite pending, RuleBook book) {
        Resolution now = book.resolve(pending.write().query());
        if (now instanceof Resolution.Unavailable) {
            return new Checked(pending, null, true);
        }
        boolean stands = now instanceof Resolution.Found found
                && found.path().equals(pending.write().put().path())
                && pending.write().bytes() <= found.rule().budget().maxBytes();
        return stands ? new Checked(pending, null, false)
                : new Checked(pending, new WriteEnd.Refused(WriteRefusal.of(
                        HubErrorCode.PATH_NOT_ALLOWED,
                        "The rule changed or was withdrawn while the write waited")), false);
    }

    /** What became of those that are written, in order. */
    private CompletionStage<List<WriteEnd>> write(
            RoomGate.Place place, FlushBatch batch, List<Checked> items) {
        List<BranchWrite> puts = new ArrayList<>();
        long bytes = 0;
        for (Checked item : items) {
            if (item.isWritten()) {
                puts.add(item.pending().write().put());
                bytes += item.pending().bytes();
            }
        }
        if (place.room().isEmpty()) {
            return CompletableFuture.completedStage(puts.stream().<WriteEnd>map(put ->
                    new WriteEnd.Refused(place.refusal().orElseThrow())).toList());
        }
        int count = puts.size();
        CompletionStage<WriteOutcome> outcome = count == 0
                ? CompletableFuture.completedStage(new WriteOutcome.Unchanged(0))
                : gate.write(place.room().get(), new RoomWrite(batch.key().owner().value(),
                        WriteCause.SKILL_PROJECTION.wire(), puts, Math.toIntExact(bytes)));
        return outcome.thenApply(reached -> Judgement.ends(reached, count));
    }

    private void settle(FlushBatch batch, List<Checked> items, List<WriteEnd> ends) {
        List<Settlement> settlements = new ArrayList<>();
        int next = 0;
        for (Checked item : items) {
            WriteEnd end = item.isWritten() ? ends.get(next++) : item.refused();
            boolean isLater = item.isLater() || isTemporary(end);
            settlements.add(isLater ? new Settlement.Postponed() : end.settlement());
            if (!isLater) {
                item.pending().end().complete(end instanceof WriteEnd.Unchanged unchanged
                        ? new WriteEnd.Coalesced(OptionalLong.of(unchanged.generation())) : end);
            }
        }
        governor.flushed(batch, settlements, clock.millis());
    }

    private static boolean isTemporary(WriteEnd end) {
        return end instanceof WriteEnd.Refused refused
                && (refused.refusal().reason() == WriteReason.STORE_UNAVAILABLE
                        || refused.refusal().reason() == WriteReason.MAILBOX_FULL);
    }
}
