package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.FlushBatch;
import io.adaos.hub.projection.governance.OwnerRow;
import io.adaos.hub.projection.governance.RawUpdates;
import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.rules.Resolution;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.write.direct.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings deferred writes into their rooms: the values of an owner as one command, the raw updates
 * of each connection as one update.
 */
final class Flushing {

    private static final Logger LOG = Logger.getLogger(Flushing.class);
    private static final int OWNERS_AT_ONCE = 64;

    private final WriteGovernor governor;
    private final Supplier<RuleBook> rules;
    private final RoomGate gate;
    private final LongSupplier clock;

    Flushing(WriteGovernor governor, Supplier<RuleBook> rules, RoomGate gate,
            LongSupplier clock) {
        this.governor = governor;
        this.rules = rules;
        this.gate = gate;
        this.clock = clock;
    }

    /** A value of a flush and what was found of it before the room is asked. */
    private record Checked(PendingWrite pending, WriteEnd refused, boolean isLater) {

        private boolean isWritten() {
            return refused == null && !isLater;
        }
    }

    /** Writes what is due. */
    void flushDue() {
        if (governor.nextFlushAt() <= clock.getAsLong()) {
            governor.flushDue(OWNERS_AT_ONCE, clock.getAsLong()).forEach(this::flush);
        }
    }

    /** Writes all that waits, whatever its time. */
    CompletionStage<Void> drain() {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        governor.rows(clock.getAsLong()).stream()
                .filter(row -> row.pendingPaths() > 0)
                .map(OwnerRow::webspaceId).distinct()
                .map(WebspaceId::new)
                .forEach(webspace -> ends.add(drain(webspace).toCompletableFuture()));
        return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
    }

    /** Writes all that waits in a webspace, whatever its time; before its room sleeps. */
    CompletionStage<Void> drain(WebspaceId webspace) {
        return CompletableFuture.allOf(governor.drain(webspace).stream()
                .map(batch -> flush(batch).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Ends in any case: a batch that is never settled holds its owner in throttle for ever. */
    private CompletionStage<Void> flush(FlushBatch batch) {
        return CompletableFuture.completedStage(batch).thenCompose(this::settlements)
                .exceptionally(failure -> {
                    LOG.errorf(failure, "event=flush_failed webspaceId=%s owner=%s",
                            batch.key().webspaceId(), batch.key().owner());
                    return batch.items().stream()
                            .<Settlement>map(item -> new Settlement.Postponed()).toList();
                })
                .thenAccept(results -> governor.flushed(batch, results, clock.getAsLong()));
    }

    /** What became of each item of a batch, in order. */
    private CompletionStage<List<Settlement>> settlements(FlushBatch batch) {
        return gate.find(new WebspaceId(batch.key().webspaceId())).thenCompose(place ->
                values(place, batch).thenCombine(raw(place, batch), (values, raws) -> {
                    List<Settlement> all = new ArrayList<>();
                    int value = 0;
                    int update = 0;
                    for (FlushBatch.Item item : batch.items()) {
                        all.add(item.value() instanceof RawUpdates
                                ? raws.get(update++) : values.get(value++));
                    }
                    return all;
                }));
    }

    private CompletionStage<List<Settlement>> raw(RoomGate.Place place, FlushBatch batch) {
        CompletionStage<List<Settlement>> all =
                CompletableFuture.completedStage(new ArrayList<>());
        for (FlushBatch.Item item : batch.items()) {
            if (item.value() instanceof RawUpdates updates) {
                all = all.thenCombine(raw(place, updates), (settled, next) -> {
                    settled.add(next);
                    return settled;
                });
            }
        }
        return all;
    }

    private CompletionStage<Settlement> raw(RoomGate.Place place, RawUpdates updates) {
        if (place.room().isEmpty()) {
            WriteRefusal refusal = place.refusal().orElseThrow();
            return CompletableFuture.completedStage(isTemporary(refusal)
                    ? new Settlement.Postponed() : new Settlement.Refused(refusal.reason()));
        }
        WebspaceRoom room = place.room().get();
        return ((RawConnection) updates.sender())
                .flush(updates.updates(), update -> gate.apply(room, update));
    }

    private CompletionStage<List<Settlement>> values(RoomGate.Place place, FlushBatch batch) {
        RuleBook book = rules.get();
        List<Checked> items = batch.items().stream()
                .filter(item -> item.value() instanceof PendingWrite)
                .map(item -> checked((PendingWrite) item.value(), book))
                .map(item -> checked(item, place)).toList();
        return write(place, batch, items).thenApply(ends -> settlements(items, ends));
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

    /** Where another replica wrote meanwhile, what is there is newer than what waits here. */
    private static Checked checked(Checked item, RoomGate.Place place) {
        boolean isOutdated = item.isWritten() && place.room().isPresent()
                && !place.room().get().tenure().isUnbrokenSince(item.pending().epoch());
        return isOutdated ? new Checked(item.pending(), new WriteEnd.Refused(WriteRefusal.of(
                HubErrorCode.NOT_OWNER,
                "Another replica owned the webspace while the write waited")), false) : item;
    }

    /**
     * What became of those that are written, in order. Not through the gate: in the next room they
     * would have to be checked anew.
     */
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
                : place.room().get().write(new RoomWrite(batch.key().owner().value(),
                        WriteCause.SKILL_PROJECTION.wire(), puts, Math.toIntExact(bytes)));
        return outcome.thenApply(reached -> WriteEnd.of(reached, count));
    }

    private static List<Settlement> settlements(List<Checked> items, List<WriteEnd> ends) {
        List<Settlement> settlements = new ArrayList<>();
        int next = 0;
        for (Checked item : items) {
            WriteEnd end = item.isWritten() ? ends.get(next++) : item.refused();
            boolean isLater = item.isLater() || end instanceof WriteEnd.Refused refused
                    && isTemporary(refused.refusal());
            settlements.add(isLater ? new Settlement.Postponed() : end.settlement());
            if (!isLater) {
                item.pending().end().complete(end instanceof WriteEnd.Unchanged unchanged
                        ? new WriteEnd.Coalesced(OptionalLong.of(unchanged.generation())) : end);
            }
        }
        return settlements;
    }

    /** Where another replica writes now, what is there is newer than what waits here. */
    private static boolean isTemporary(WriteRefusal refusal) {
        return refusal.code() != HubErrorCode.NOT_OWNER
                && (refusal.reason() == WriteReason.STORE_UNAVAILABLE
                        || refusal.reason() == WriteReason.MAILBOX_FULL);
    }
}
