package io.adaos.hub.operations.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.operations.execution.HandlerFailure;
import io.adaos.hub.operations.execution.OperationProgress;
import java.time.Duration;
import java.util.Optional;

/** Where handlers order the work of nodes, and get what came of it. */
public final class WorkDesk {

    private static final Duration STORE_WAIT = Duration.ofSeconds(15);

    private final PgWorkStore store;
    private final WaitingClaims waiting;

    /** Orders wake the claims that wait. */
    public WorkDesk(PgWorkStore store, WaitingClaims waiting) {
        this.store = store;
        this.waiting = waiting;
    }

    /**
     * The result of the work. As long as there is none the run is parked; the result wakes the
     * operation, and its next run comes here again and goes on.
     *
     * @throws HandlerFailure the worker has failed, was lost, or nobody has taken the work
     */
    public JsonNode result(OperationProgress progress, WorkOrder order) {
        Optional<WorkOutcome> outcome = store.order(order).await().atMost(STORE_WAIT);
        if (outcome.isEmpty()) {
            waiting.ring(order.node());
            throw progress.park("Waiting for node " + order.node());
        }
        if (outcome.get() instanceof WorkOutcome.Failed failed) {
            throw new HandlerFailure(failed.error());
        }
        return ((WorkOutcome.Succeeded) outcome.get()).result();
    }

    /** Orders work that nobody waits for. */
    public void leave(WorkOrder order) {
        store.order(order).await().atMost(STORE_WAIT);
        waiting.ring(order.node());
    }
}
