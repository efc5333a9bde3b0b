package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Ends what has passed its deadline, whoever works on it: the end fences every worker out.
 *
 * <p>Leases that ran out need no reaper: the runner takes such operations up again.
 */
final class LeaseReaper {

    private static final Logger LOG = Logger.getLogger(LeaseReaper.class);
    private static final int BATCH_MAX = 100;

    private final LeaseStore leases;
    private final OperationManager operations;
    private final HandlerRegistry handlers;

    LeaseReaper(LeaseStore leases, OperationManager operations, HandlerRegistry handlers) {
        this.leases = leases;
        this.operations = operations;
        this.handlers = handlers;
    }

    /** Ends up to 100 of them; blocks. */
    void reap(Duration storeWait) {
        for (StoredOperation operation : leases.overdue(BATCH_MAX).await().atMost(storeWait)) {
            operations.apply(Change.of(operation.state().operationId(),
                    new OperationEvent.Failed(error(operation)))).await().atMost(storeWait);
            handlers.of(operation.state().kind())
                    .ifPresent(handler -> takeBack(handler, operation));
        }
    }

    /** The operation has ended whatever comes of this; the next start looks again. */
    private static void takeBack(OperationHandler handler, StoredOperation operation) {
        try {
            handler.takeBack(operation);
        } catch (RuntimeException e) {
            LOG.errorf("event=take_back_failed operation_id=%s cause=%s",
                    operation.state().operationId(), e.getMessage());
        }
    }

    private static OperationError error(StoredOperation operation) {
        String step = operation.state().currentStep();
        return new OperationError("deadline_exceeded",
                "It did not end in time" + (step == null ? "" : "; last step: " + step),
                "Retry; if it happens again, look at the log of operations-service", true);
    }
}
