package io.adaos.hub.operations.work;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.work.node.NodeDirectory;
import io.adaos.hub.operations.work.node.PgNodes;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** What workers of nodes may say: claim, heartbeat, progress, log, result, release. */
public class WorkService {

    private static final Logger LOG = Logger.getLogger(WorkService.class);
    private static final Duration CLAIM_AGAIN = Duration.ofSeconds(2);

    private final PgWorkStore store;
    private final PgNodes nodes;
    private final NodeDirectory directory;
    private final OperationManager operations;
    private final Log log;
    private final MeterRegistry meters;
    private final WaitingClaims waiting;

    /** Over the stores; lines of workers go to the log. */
    public WorkService(Stores stores, OperationManager operations, Log log,
            MeterRegistry meters) {
        this.store = stores.work();
        this.nodes = stores.nodes();
        this.directory = stores.directory();
        this.waiting = stores.waiting();
        this.operations = operations;
        this.log = log;
        this.meters = meters;
    }

    /** Where lines of workers go. */
    @FunctionalInterface
    public interface Log {

        /** Appends to the operation's log, in this order. */
        Uni<Void> append(OperationId operation, List<Line> lines);

        /** A line of a worker; the step is null when it belongs to none. */
        record Line(String level, String step, String message) {
        }
    }

    /** What is known of work and nodes. */
    public record Stores(PgWorkStore work, PgNodes nodes, NodeDirectory directory,
            WaitingClaims waiting) {
    }

    /**
     * The oldest work of the worker's node, as soon as there is some; empty after the wait.
     *
     * @param gone whether nobody waits for the answer any more
     */
    Uni<Optional<WorkOffer>> claim(Worker worker, WorkBodies.Claim claim, BooleanSupplier gone) {
        for (String kind : claim.kinds()) {
            if (!worker.may(kind)) {
                throw WorkRefusals.noScope(kind);
            }
        }
        directory.add(worker.node());
        long until = System.nanoTime() + Duration.ofSeconds(claim.waitSeconds()).toNanos();
        return nodes.seen(worker.node(), claim.kinds())
                .chain(() -> look(worker, claim, new Patience(until,
                        () -> gone.getAsBoolean() || waiting.hasEnded())));
    }

    /** Until when to look, and whether somebody still wants to know. */
    private record Patience(long untilNanos, BooleanSupplier gone) {
        Duration left() {
            long nanos = gone.getAsBoolean() ? 0 : untilNanos - System.nanoTime();
            return Duration.ofNanos(Math.max(0, nanos));
        }
    }

    private Uni<Optional<WorkOffer>> look(
            Worker worker, WorkBodies.Claim claim, Patience patience) {
        NodeId node = worker.node();
        // armed before looking: work that comes in between rings
        CompletableFuture<Void> bell = waiting.arm(node).orElseThrow(() -> new HubException(
                HubErrorCode.RATE_LIMITED, "At most " + WaitingClaims.PER_NODE_MAX
                        + " claims of one node wait at a time").after(CLAIM_AGAIN));
        return store.claim(node, claim.kinds())
                .chain(found -> found.isPresent()
                        ? stillWanted(node, found.get(), patience)
                        : await(bell, patience.left())
                                .chain(rang -> again(rang, worker, claim, patience)))
                .onTermination().invoke(() -> waiting.disarm(node, bell));
    }

    private Uni<Optional<WorkOffer>> again(
            boolean rang, Worker worker, WorkBodies.Claim claim, Patience patience) {
        return rang && !patience.left().isZero()
                ? look(worker, claim, patience) : Uni.createFrom().item(Optional.empty());
    }

    /** Whether the bell rang within the time. */
    private static Uni<Boolean> await(CompletableFuture<Void> bell, Duration left) {
        if (left.isZero()) {
            return Uni.createFrom().item(false);
        }
        return Uni.createFrom().completionStage(bell::copy).replaceWith(true)
                .ifNoItem().after(left).recoverWithItem(false);
    }

    /** What nobody would hear of goes back at once, instead of after its lease. */
    private Uni<Optional<WorkOffer>> stillWanted(
            NodeId node, WorkOffer offer, Patience patience) {
        if (!patience.gone().getAsBoolean()) {
            LOG.infof("event=work_claimed node_id=%s operation_id=%s task=%s work_id=%s",
                    node, offer.operationId(), offer.task(), offer.workId());
            return Uni.createFrom().item(Optional.of(offer));
        }
        return store.release(offer.lease(), node).invoke(() -> waiting.ring(node))
                .replaceWith(Optional.empty());
    }

    /** The claim's worker has gone; its place is free. */
    void gone(NodeId node) {
        waiting.ring(node);
    }

    /** Keeps the lease; answers whether to stop. */
    Uni<Boolean> heartbeat(Worker worker, String lease) {
        return store.beat(lease, worker.node())
                .map(beat -> beat.orElseThrow(WorkRefusals::leaseLost))
                .call(() -> nodes.stillThere(worker.node()));
    }

    /** Shows how far the worker is, at most ten times a second; answers whether it was shown. */
    Uni<Boolean> progress(Worker worker, String lease, WorkBodies.Progress progress) {
        return held(worker, lease).chain(item -> item.share().isEmpty()
                ? Uni.createFrom().item(false)
                : store.isDue(lease).chain(due -> due
                        ? show(lease, item, progress) : Uni.createFrom().item(false)));
    }

    private Uni<Boolean> show(String lease, PgWorkStore.Item item, WorkBodies.Progress progress) {
        WorkOrder.Share share = item.share().orElseThrow();
        return operations.find(item.operation()).chain(state -> {
            if (state.isEmpty() || !share.step().equals(state.get().currentStep())) {
                return Uni.createFrom().item(false);
            }
            int percent = progress.percent() == null
                    ? state.get().progress() : share.of(progress.percent());
            return operations.apply(Change.of(item.operation(), new OperationEvent.Progressed(
                            Math.max(percent, state.get().progress()), share.step(),
                            progress.message(), share.canCancel()))
                            .with(store.whileHeld(lease)))
                    .map(applied -> applied instanceof Applied.Done);
        });
    }

    /** Appends lines to the operation's log. */
    Uni<Void> log(Worker worker, String lease, List<WorkBodies.Line> lines) {
        return held(worker, lease).chain(item -> log.append(item.operation(), lines.stream()
                .map(line -> new Log.Line(line.level(),
                        item.share().map(WorkOrder.Share::step).orElse(null), line.message()))
                .toList()));
    }

    /** Ends the work; the operation goes on with it. The same again changes nothing. */
    Uni<Void> result(Worker worker, String lease, WorkOutcome outcome) {
        return store.find(lease, worker.node()).chain(found -> {
            found.filter(item -> !item.isEnded()).ifPresent(item -> refuseForged(item, outcome));
            return store.end(lease, worker.node(), outcome)
                    .chain(counts -> counts
                            ? Uni.createFrom().voidItem().invoke(this::nudge)
                            : refuseLate(worker, lease));
        });
    }

    /** An operation was woken; it need not wait for the runner's next look. */
    void nudge() {
        operations.nudge();
    }

    private void refuseForged(PgWorkStore.Item item, WorkOutcome outcome) {
        if (outcome instanceof WorkOutcome.Succeeded succeeded) {
            item.task().fault(item.args(), succeeded.result()).ifPresent(fault -> {
                meters.counter("hub.work.refused", "reason", "result_invalid").increment();
                throw WorkRefusals.resultInvalid(fault);
            });
        }
    }

    /** Counted, and told where people look. */
    private Uni<Void> refuseLate(Worker worker, String lease) {
        meters.counter("hub.work.refused", "reason", "lease_lost").increment();
        return store.operationOf(lease, worker.node())
                .chain(known -> known.map(operation -> tell(worker.node(), operation))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(() -> Uni.createFrom().failure(WorkRefusals.leaseLost()));
    }

    private Uni<Void> tell(NodeId node, OperationId operation) {
        LOG.warnf("event=late_result node_id=%s operation_id=%s", node, operation);
        return log.append(operation, List.of(new Log.Line("warning", null,
                "A result of node " + node + " came too late and was refused")));
    }

    /** Gives the work back undone; it is offered again at once. */
    Uni<Void> release(Worker worker, String lease) {
        return store.release(lease, worker.node()).invoke(released -> {
            if (!released) {
                throw WorkRefusals.leaseLost();
            }
            waiting.ring(worker.node());
        }).replaceWithVoid();
    }

    private Uni<PgWorkStore.Item> held(Worker worker, String lease) {
        return store.find(lease, worker.node())
                .map(found -> found.filter(item -> !item.isEnded())
                        .orElseThrow(WorkRefusals::leaseLost));
    }
}
