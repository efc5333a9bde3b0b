package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** One run of one operation under its lease, from taking it to giving it back. */
final class OperationRun implements OperationProgress {

    private static final Logger LOG = Logger.getLogger(OperationRun.class);

    private final Lease lease;
    private final Optional<OperationHandler> handler;
    private final Ports ports;
    private final CancellationToken token = new CancellationToken();
    private boolean ended;

    OperationRun(Lease lease, Optional<OperationHandler> handler, Ports ports) {
        this.lease = lease;
        this.handler = handler;
        this.ports = ports;
    }

    /** What a run needs from outside; both calls block until committed. */
    record Ports(
            Function<Change, Applied> apply,
            BiConsumer<Lease, Duration> postpone,
            RetryPolicy retries,
            int runsMax) {
    }

    @Override
    public StoredOperation operation() {
        return lease.operation();
    }

    @Override
    public CancellationToken token() {
        return token;
    }

    Lease lease() {
        return lease;
    }

    /** Works until the operation has ended, is put off, or must be left to another run. */
    void execute() {
        try {
            if (operation().state().status() == OperationStatus.CANCELLING) {
                endCancelled();
            } else if (handler.isEmpty()) {
                end(new OperationEvent.Failed(new OperationError("operation_kind_unknown",
                        "Nothing here runs " + operation().state().kind(),
                        "Update the hub, then retry", true)));
            } else if (lease.runs() > ports.runsMax()) {
                endInterrupted();
            } else {
                work(handler.get());
            }
        } catch (StoppedException stopped) {
            LOG.infof("event=run_stopped operation_id=%s reason=%s",
                    operation().state().operationId(), stopped.reason());
        } catch (HubException e) {
            // the database is away: the lease runs out and the operation is taken up again
            LOG.warnf("event=run_left operation_id=%s cause=%s",
                    operation().state().operationId(), e.getMessage());
        } catch (Throwable t) {
            // a fault of ours, or of the machine: left to the next run, up to runsMax times
            LOG.errorf(t, "event=run_broken operation_id=%s run=%d",
                    operation().state().operationId(), lease.runs());
        }
    }

    /** A cancel may be found by the handler's word, and by the last word on its failure too. */
    private void work(OperationHandler worker) {
        try {
            attempt(worker);
        } catch (StoppedException stopped) {
            if (stopped.reason() != CancellationToken.Reason.CANCELLED) {
                throw stopped;
            }
            endCancelled();
        }
    }

    private void attempt(OperationHandler worker) {
        try {
            apply(new OperationEvent.Started());
            worker.run(this);
            if (!ended) {
                end(new OperationEvent.Failed(new OperationError("operation_abandoned",
                        "The handler returned without an outcome", "Report this", false)));
            }
        } catch (HandlerFailure failure) {
            takeBackAndEnd(new OperationEvent.Failed(failure.error()));
        } catch (TransientFailure failure) {
            postponeOrFail(failure);
        } catch (StoppedException stopped) {
            throw stopped;
        } catch (HubException e) {
            if (e.code() == HubErrorCode.STORE_UNAVAILABLE) {
                throw e;
            }
            takeBackAndEnd(new OperationEvent.Failed(new OperationError(e.code().code(),
                    e.getMessage(), e.code().remedy(), e.code().retryable())));
        } catch (RuntimeException e) {
            LOG.errorf(e, "event=handler_broken operation_id=%s",
                    operation().state().operationId());
            takeBackAndEnd(new OperationEvent.Failed(new OperationError("internal",
                    "The handler failed: " + e, "Look at the log of operations-service", true)));
        }
    }

    private void postponeOrFail(TransientFailure failure) {
        Optional<Duration> delay =
                ports.retries().delay(lease.postponements(), lease.untilDeadline());
        if (delay.isEmpty()) {
            takeBackAndEnd(new OperationEvent.Failed(failure.error()));
            return;
        }
        apply(new OperationEvent.Postponed(failure.getMessage() + "; trying again in "
                + Math.max(1, delay.get().toSeconds()) + " s"));
        ports.postpone().accept(lease, delay.get());
    }

    private void endCancelled() {
        takeBackAndEnd(new OperationEvent.CancelCompleted());
    }

    private void endInterrupted() {
        takeBackAndEnd(new OperationEvent.Interrupted(new OperationError("operation_interrupted",
                "It was broken off " + ports.runsMax() + " times and is not tried again by itself",
                "Look at the log of operations-service, then retry", true)));
    }

    private void takeBackAndEnd(OperationEvent event) {
        handler.ifPresent(worker -> worker.takeBack(operation()));
        end(event);
    }

    private void end(OperationEvent event) {
        apply(event);
        ended = true;
    }

    @Override
    public void step(Step step, int percent, String message) {
        token.check();
        apply(new OperationEvent.Progressed(percent, step.wire(), message, step.canCancel()));
    }

    @Override
    public void decide(Step step, String message, Map<String, Object> checkpoint) {
        token.check();
        demand(ports.apply().apply(fenced(new OperationEvent.Progressed(
                step.percent(), step.wire(), message, step.canCancel())).keeping(checkpoint)));
    }

    @Override
    public void record(Step step, String message, PgOutcomeStep also) {
        token.check();
        demand(ports.apply().apply(fenced(new OperationEvent.Progressed(
                step.percent(), step.wire(), message, step.canCancel())).with(also)));
    }

    @Override
    public void record(Step step, String message, Map<String, Object> checkpoint,
            PgOutcomeStep also) {
        token.check();
        demand(ports.apply().apply(fenced(new OperationEvent.Progressed(step.percent(),
                step.wire(), message, step.canCancel())).keeping(checkpoint).with(also)));
    }

    @Override
    public void succeed(String message, Map<String, Object> result, PgOutcomeStep also) {
        demand(ports.apply().apply(
                fenced(new OperationEvent.Succeeded(message, result)).with(also)));
        ended = true;
    }

    private void apply(OperationEvent event) {
        demand(ports.apply().apply(fenced(event)));
    }

    private Change fenced(OperationEvent event) {
        return Change.fenced(operation().state().operationId(), event, lease.token());
    }

    /** Turns a refused word into the reason to stop. */
    private void demand(Applied applied) {
        if (applied instanceof Applied.Done) {
            return;
        }
        boolean cancelling = applied instanceof Applied.Refused refused
                && refused.why().state().status() == OperationStatus.CANCELLING;
        CancellationToken.Reason reason = cancelling
                ? CancellationToken.Reason.CANCELLED : CancellationToken.Reason.LEASE_LOST;
        token.stop(reason);
        throw new StoppedException(reason);
    }
}
