package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.operations.execution.child.ChildOperations;
import io.adaos.hub.operations.execution.lease.LeaseStore;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.machine.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Ends what has passed its deadline, whoever works on it: the end fences every worker out. What a
 * run may have begun is taken back afterwards, on other threads, until that works.
 *
 * <p>Leases that ran out need no reaper: the runner takes such operations up again.
 */
final class LeaseReaper {

    private static final Logger LOG = Logger.getLogger(LeaseReaper.class);
    private static final int BATCH_MAX = 100;
    private static final int BATCHES_MAX = 50;
    private static final int TAKE_BACKS_MAX = 2;
    private static final int TRIES_MAX = 20;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final LeaseStore leases;
    private final OperationManager operations;
    private final HandlerRegistry handlers;
    private final ChildOperations children;
    private final Executor workers;
    private final Set<OperationId> takingBack = ConcurrentHashMap.newKeySet();

    LeaseReaper(LeaseStore leases, OperationManager operations, HandlerRegistry handlers,
            ChildOperations children, Executor workers) {
        this.leases = leases;
        this.operations = operations;
        this.handlers = handlers;
        this.children = children;
        this.workers = workers;
    }

    /** Ends all of them, then lets take back; blocks for the ends only. */
    void reap(Duration storeWait) {
        List<StoredOperation> late;
        int batches = 0;
        do {
            late = leases.overdue(BATCH_MAX).await().atMost(storeWait);
            late.forEach(one -> operations.apply(Change.of(one.state().operationId(),
                            new OperationEvent.Failed(error(one))).takingBackLater())
                    .await().atMost(storeWait));
        } while (late.size() == BATCH_MAX && ++batches < BATCHES_MAX);
        leases.unanswered(BATCH_MAX).await().atMost(storeWait).forEach(one ->
                operations.apply(expired(one)).await().atMost(storeWait));
        children.cancelOrphans();
        takeBacks(storeWait);
        operations.keepTimes().await().atMost(storeWait);
    }

    private static Change expired(StoredOperation asking) {
        Optional<String> fallback = asking.question().map(Question::fallback);
        Change change = Change.of(asking.state().operationId(),
                new OperationEvent.InputExpired(fallback));
        return fallback.isPresent() ? change : change.takingBackLater();
    }

    private void takeBacks(Duration storeWait) {
        int free = TAKE_BACKS_MAX - takingBack.size();
        if (free <= 0) {
            return;
        }
        for (LeaseStore.TakeBack due : leases.takeBacks(free).await().atMost(storeWait)) {
            OperationId id = due.operation().state().operationId();
            if (takingBack.add(id)) {
                workers.execute(() -> {
                    try {
                        leases.takenBack(id, takeBack(due)).await().atMost(storeWait);
                    } catch (RuntimeException e) {
                        // handed out again after a minute
                        LOG.warnf("event=take_back_unsaid operation_id=%s cause=%s", id,
                                e.getMessage());
                    } finally {
                        takingBack.remove(id);
                    }
                });
            }
        }
    }

    /** When to try again; empty when it is done, or given up. */
    private Optional<Duration> takeBack(LeaseStore.TakeBack due) {
        StoredOperation operation = due.operation();
        try {
            handlers.of(operation.state().kind())
                    .ifPresent(handler -> handler.takeBack(operation));
            return Optional.empty();
        } catch (Throwable t) {
            boolean last = due.tries() >= TRIES_MAX;
            LOG.logf(last ? Logger.Level.ERROR : Logger.Level.WARN,
                    "event=take_back_failed operation_id=%s try=%d cause=%s",
                    operation.state().operationId(), due.tries(), t);
            return last ? Optional.empty() : Optional.of(AGAIN);
        }
    }

    private static OperationError error(StoredOperation operation) {
        String step = operation.state().currentStep();
        return new OperationError("deadline_exceeded",
                "It did not end in time" + (step == null ? "" : "; last step: " + step),
                "Retry; if it happens again, look at the operation's log", true);
    }
}
