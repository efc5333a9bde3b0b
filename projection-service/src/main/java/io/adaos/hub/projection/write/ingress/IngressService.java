package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.write.body.WriteWait;
import io.adaos.hub.projection.write.diagnostics.MissService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Takes governed writes through all steps, and waits as long as their writers want to. */
@Singleton
public final class IngressService {

    private final InstalledRulesService rules;
    private final MissService misses;
    private final SteadyClock clock;
    private final RoomGate gate;
    private final Judgement judgement;

    IngressService(InstalledRulesService rules, MissService misses, WriteGovernor governor,
            RoomDirectory rooms, SteadyClock clock) {
        this.rules = rules;
        this.misses = misses;
        this.clock = clock;
        this.gate = new RoomGate(rooms);
        this.judgement = new Judgement(governor, gate, clock::millis);
    }

    /** Writes to one webspace, answered in their order. */
    Uni<List<WriteResult>> write(WebspaceId webspace, List<WriteItem.Asked> asked, WriteWait wait) {
        RuleBook book = rules.book();
        Preparation preparation = new Preparation(book);
        List<WriteItem> items = asked.stream().map(WriteItem::new).toList();
        items.forEach(item -> prepare(preparation, webspace, item));
        return Uni.createFrom().completionStage(() -> gate.find(webspace))
                .invoke(place -> {
                    judgement.pass(webspace, items, place);
                    items.forEach(item -> noteMiss(webspace, item, book));
                })
                .chain(() -> waited(webspace, items, wait));
    }

    private void prepare(Preparation preparation, WebspaceId webspace, WriteItem item) {
        WriteItem.Asked asked = item.asked;
        if (asked.who().writer().isEmpty()) {
            misses.ownerMissing(asked.credential());
            item.refuse(asked.who().refusal().orElseThrow());
            return;
        }
        item.prepared = Optional.of(asked.who().refusal()
                .<Preparation.Prepared>map(refusal ->
                        new Preparation.Prepared.Refused(refusal, "", 0))
                .orElseGet(() -> preparation.prepare(asked.who().writer().get(), webspace,
                        asked.slot(), asked.body())));
    }

    private void noteMiss(WebspaceId webspace, WriteItem item, RuleBook book) {
        item.prepared.filter(Preparation.Prepared.Missing.class::isInstance)
                .map(Preparation.Prepared.Missing.class::cast)
                .ifPresent(missing -> misses.ruleMissing(
                        new MissService.Slot(webspace, item.owner().orElseThrow(),
                                missing.query().scope(), missing.query().slot()),
                        missing.bytes(), book));
    }

    private Uni<List<WriteResult>> waited(
            WebspaceId webspace, List<WriteItem> items, WriteWait wait) {
        long deadline = clock.millis() + wait.timeout().toMillis();
        CompletableFuture<?>[] ends = items.stream()
                .filter(item -> wait.isAsked() || item.deferred.isEmpty())
                .map(item -> item.end)
                .toArray(CompletableFuture<?>[]::new);
        Uni<Void> ended = wait.level() == WriteWait.Level.ACCEPTED
                ? Uni.createFrom().voidItem()
                : withinTime(Uni.createFrom().completionStage(CompletableFuture.allOf(ends)),
                        deadline);
        return ended.chain(() -> refused(items))
                .chain(() -> materialized(webspace, items, wait, deadline))
                .map(sessions -> items.stream()
                        .map(item -> result(item, sessions)).toList());
    }

    /** Nobody is told that a write is held while it is being refused; that takes a moment only. */
    private static Uni<Void> refused(List<WriteItem> items) {
        CompletableFuture<?>[] refusals = items.stream()
                .filter(item -> !item.end.isDone() && !item.isHeld())
                .map(item -> item.end)
                .toArray(CompletableFuture<?>[]::new);
        return Uni.createFrom().completionStage(CompletableFuture.allOf(refusals));
    }

    /** How many clients have proved the newest of these generations; empty when not all have. */
    private Uni<OptionalInt> materialized(
            WebspaceId webspace, List<WriteItem> items, WriteWait wait, long deadline) {
        OptionalLong newest = items.stream()
                .filter(item -> item.end.isDone())
                .map(item -> generation(item.end.join()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong).max();
        if (wait.level() != WriteWait.Level.MATERIALIZED || newest.isEmpty()) {
            return Uni.createFrom().item(OptionalInt.empty());
        }
        Uni<Integer> sessions = Uni.createFrom().completionStage(() -> gate.find(webspace))
                .chain(place -> place.room().isEmpty() ? Uni.createFrom().nullItem()
                        : Uni.createFrom().completionStage(() ->
                                place.room().get().materialized(newest.getAsLong())));
        return withinTime(sessions, deadline).onFailure().recoverWithNull()
                .map(count -> count == null ? OptionalInt.empty() : OptionalInt.of(count));
    }

    private <T> Uni<T> withinTime(Uni<T> work, long deadline) {
        return work.ifNoItem().after(Duration.ofMillis(Math.max(1, deadline - clock.millis())))
                .recoverWithItem(() -> null);
    }

    private WriteResult result(WriteItem item, OptionalInt sessions) {
        String correlationId = item.asked.correlationId();
        if (!item.end.isDone()) {
            return new WriteResult.Done(waiting(item));
        }
        WriteEnd end = item.end.join();
        String owner = item.owner().map(OwnerId::value).orElse("");
        if (end instanceof WriteEnd.Refused refused) {
            return new WriteResult.Refused(
                    refused.refusal(), owner, item.path(), correlationId, clock.millis());
        }
        OptionalLong generation = generation(end);
        boolean proven = sessions.isPresent() && generation.isPresent();
        WriteWait.Level level = proven ? WriteWait.Level.MATERIALIZED
                : generation.isPresent() ? WriteWait.Level.DURABLE : WriteWait.Level.ACCEPTED;
        return new WriteResult.Done(new WriteAnswer(null, outcome(end), level,
                generation.isPresent() ? (Long) generation.getAsLong() : null,
                item.owner().orElseThrow(), item.path(), null, null,
                proven ? (Integer) sessions.getAsInt() : null, correlationId));
    }

    private WriteAnswer waiting(WriteItem item) {
        return new WriteAnswer(null, WriteAnswer.Outcome.DEFERRED, WriteWait.Level.ACCEPTED, null,
                item.owner().orElseThrow(), item.path(),
                item.deferred.map(throttle -> throttle.evidence().reason()).orElse(null),
                item.deferred.map(throttle ->
                        Math.max(1, throttle.flushAt() - clock.millis())).orElse(null),
                null, item.asked.correlationId());
    }

    private static WriteAnswer.Outcome outcome(WriteEnd end) {
        if (end instanceof WriteEnd.Applied) {
            return WriteAnswer.Outcome.APPLIED;
        }
        return end instanceof WriteEnd.Unchanged
                ? WriteAnswer.Outcome.UNCHANGED : WriteAnswer.Outcome.COALESCED;
    }

    private static OptionalLong generation(WriteEnd end) {
        if (end instanceof WriteEnd.Applied applied) {
            return OptionalLong.of(applied.generation());
        }
        if (end instanceof WriteEnd.Unchanged unchanged) {
            return OptionalLong.of(unchanged.generation());
        }
        return end instanceof WriteEnd.Coalesced coalesced
                ? coalesced.generation() : OptionalLong.empty();
    }
}
