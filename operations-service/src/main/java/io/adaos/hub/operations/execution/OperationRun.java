package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.child.ChildOperations;
import io.adaos.hub.operations.execution.lease.Lease;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.Pause;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.machine.Question;
import io.adaos.hub.operations.operationlog.LogEntry;
import io.adaos.hub.operations.operationlog.LogLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** One run of one operation under its lease, from taking it to giving it back. */
final class OperationRun implements OperationProgress {

    private static final Logger LOG = Logger.getLogger(OperationRun.class);

    private static final int LINES_MAX = 100;
    /** What a last try needs at least; with less the reason would be hidden by the deadline. */
    private static final Duration TRY_MIN = Duration.ofSeconds(2);

    private final Lease lease;
    private final Optional<OperationHandler> handler;
    private final Ports ports;
    private final RunWatch watch = new RunWatch();
    private final List<LogEntry> lines = new ArrayList<>();
    private volatile StoredOperation operation;
    private volatile boolean ended;

    OperationRun(Lease lease, Optional<OperationHandler> handler, Ports ports) {
        this.lease = lease;
        this.handler = handler;
        this.ports = ports;
        this.operation = lease.operation();
    }

    /**
     * What a run needs from outside; all of it blocks until committed.
     *
     * @param holds whether this lease is still held; prolongs it
     * @param log appends lines of one operation
     */
    record Ports(
            Function<Change, Applied> apply,
            Predicate<Lease> holds,
            BiConsumer<Lease, List<LogEntry>> log,
            ChildOperations children,
            RetryPolicy retries,
            int runsMax) {
    }

    @Override
    public StoredOperation operation() {
        return operation;
    }

    @Override
    public CancellationToken token() {
        return watch.token();
    }

    RunWatch watch() {
        return watch;
    }

    Lease lease() {
        return lease;
    }

    /** Works until the operation has ended, waits, or must be left to another run. */
    void execute() {
        guarded(() -> {
            if (operation.state().status() == OperationStatus.CANCELLING) {
                endCancelled();
            } else if (handler.isEmpty()) {
                end(new OperationEvent.Failed(new OperationError("operation_kind_unknown",
                        "Nothing here runs " + operation.state().kind(),
                        "Update the hub, then retry", true)));
            } else if (lease.runs() > ports.runsMax()) {
                endInterrupted();
            } else {
                work(handler.get());
            }
        });
    }

    /**
     * Decides instead of a run whose thread does not come back; that can say nothing any more. It
     * is not tried again here, where the thread may still be at work.
     */
    void abandon() {
        guarded(() -> {
            switch (token().reason().orElse(CancellationToken.Reason.LEASE_LOST)) {
                case CANCELLED -> demand(fenced(new OperationEvent.CancelCompleted())
                        .takingBackLater());
                case STEP_DEADLINE -> demand(fenced(new OperationEvent.Failed(stepTooLong()))
                        .takingBackLater());
                case LEASE_LOST, SHUTDOWN -> LOG.debugf("event=run_lost operation_id=%s",
                        operation.state().operationId());
            }
        });
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoppedException stopped) {
            LOG.infof("event=run_stopped operation_id=%s reason=%s",
                    operation.state().operationId(), stopped.reason());
        } catch (HubException e) {
            // the database is away: the lease runs out and the operation is taken up again
            LOG.warnf("event=run_left operation_id=%s cause=%s",
                    operation.state().operationId(), e.getMessage());
        } catch (Throwable t) {
            // a fault of ours, or of the machine: left to the next run, up to runsMax times
            LOG.errorf(t, "event=run_broken operation_id=%s run=%d",
                    operation.state().operationId(), lease.runs());
        }
    }

    /** A cancel may be found by the handler's word, and by the last word on its failure too. */
    private void work(OperationHandler worker) {
        try {
            attempt(worker);
        } catch (StoppedException stopped) {
            switch (stopped.reason()) {
                case CANCELLED -> endCancelled();
                case STEP_DEADLINE -> stepTookTooLong();
                case LEASE_LOST, SHUTDOWN -> throw stopped;
            }
        }
    }

    private void attempt(OperationHandler worker) {
        try {
            worker.run(this);
            if (!ended) {
                takeBackAndEnd(new OperationEvent.Failed(new OperationError("operation_abandoned",
                        "The handler returned without an outcome", "Report this", false)));
            }
        } catch (ParkedException parked) {
            LOG.debugf("event=run_parked operation_id=%s", operation.state().operationId());
        } catch (HandlerFailure failure) {
            takeBackAndEnd(new OperationEvent.Failed(failure.error()));
        } catch (TransientFailure failure) {
            postponeOrFail(failure.error(), Duration.ZERO);
        } catch (StoppedException stopped) {
            throw stopped;
        } catch (HubException e) {
            if (e.code() == HubErrorCode.STORE_UNAVAILABLE) {
                throw e;
            }
            OperationError error = new OperationError(e.code().code(), e.getMessage(),
                    e.code().remedy(), e.code().retryable());
            if (error.retryable()) {
                postponeOrFail(error, Duration.ZERO);
            } else {
                takeBackAndEnd(new OperationEvent.Failed(error));
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "event=handler_broken operation_id=%s",
                    operation.state().operationId());
            takeBackAndEnd(new OperationEvent.Failed(new OperationError("internal",
                    "The handler failed: " + e, "Look at the log of operations-service", true)
                    .because(new OperationError.Cause(
                            e.getClass().getSimpleName(), String.valueOf(e.getMessage())))));
        }
    }

    /** Tried again only when the step would then have all of its time. */
    private void stepTookTooLong() {
        postponeOrFail(stepTooLong(), watch.stepDeadline());
    }

    private OperationError stepTooLong() {
        return new OperationError("step_deadline_exceeded",
                "The step " + watch.step() + " took longer than "
                        + watch.stepDeadline().toMillis() + " ms",
                "Retry; if it happens again, look at the operation's log", true);
    }

    private void postponeOrFail(OperationError error, Duration needed) {
        Duration left = lease.untilDeadline().minus(watch.age()).minus(needed)
                .minus(TRY_MIN);
        Optional<Duration> delay = ports.retries().delay(
                lease.postponements(), left, ThreadLocalRandom.current().nextDouble());
        if (delay.isEmpty()) {
            takeBackAndEnd(new OperationEvent.Failed(error));
            return;
        }
        demand(fenced(new OperationEvent.Postponed(error.message() + "; trying again in "
                + Math.max(1, delay.get().toSeconds()) + " s"))
                .leaving(Pause.postponed(delay.get())));
    }

    private void endCancelled() {
        if (ports.children().cancelled(operation)) {
            takeBackAndEnd(new OperationEvent.CancelCompleted());
        } else {
            demand(fenced(new OperationEvent.Parked("Cancelling what it has started"))
                    .leaving(Pause.parked(lease.wakes())));
        }
    }

    private void endInterrupted() {
        takeBackAndEnd(new OperationEvent.Interrupted(new OperationError("operation_interrupted",
                "It was broken off " + ports.runsMax() + " times and is not tried again by itself",
                "Look at the log of operations-service, then retry", true)));
    }

    /** Only who holds the lease takes back: another run may have begun the same anew. */
    private void takeBackAndEnd(OperationEvent event) {
        if (handler.isPresent() && !ports.holds().test(lease)) {
            throw stopped(CancellationToken.Reason.LEASE_LOST);
        }
        Change change = fenced(event);
        demand(handler.isEmpty() || takenBack(handler.get()) ? change : change.takingBackLater());
        ended = true;
    }

    private boolean takenBack(OperationHandler worker) {
        try {
            worker.takeBack(operation);
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("event=take_back_later operation_id=%s cause=%s",
                    operation.state().operationId(), e.getMessage());
            return false;
        }
    }

    private void end(OperationEvent event) {
        demand(fenced(event));
        ended = true;
    }

    @Override
    public void step(Step step, int percent, String message) {
        say(step, fenced(new OperationEvent.Progressed(
                percent, step.wire(), message, step.canCancel())));
    }

    @Override
    public void decide(Step step, String message, Map<String, Object> checkpoint) {
        say(step, fenced(binding(step, message)).keeping(checkpoint));
    }

    @Override
    public void record(Step step, String message, PgOutcomeStep also) {
        say(step, fenced(binding(step, message)).with(also));
    }

    @Override
    public void record(Step step, String message, Map<String, Object> checkpoint,
            PgOutcomeStep also) {
        say(step, fenced(binding(step, message)).keeping(checkpoint).with(also));
    }

    private static OperationEvent binding(Step step, String message) {
        return new OperationEvent.Progressed(
                step.percent(), step.wire(), message, step.canCancel(), true);
    }

    private void say(Step step, Change change) {
        token().check();
        watch.at(step);
        demand(change);
    }

    @Override
    public void log(LogLevel level, String message) {
        token().check();
        synchronized (lines) {
            lines.add(new LogEntry(operation.state().operationId(), level,
                    operation.state().currentStep(), message));
            if (lines.size() < LINES_MAX) {
                return;
            }
        }
        flush();
    }

    /** Writes the lines that were said; nobody else's lines come between them. */
    void flush() {
        synchronized (lines) {
            if (!lines.isEmpty()) {
                ports.log().accept(lease, List.copyOf(lines));
                lines.clear();
            }
        }
    }

    @Override
    public ParkedException park(String message) {
        token().check();
        demand(fenced(new OperationEvent.Parked(message)).leaving(Pause.parked(lease.wakes())));
        throw new ParkedException(message);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> input(InputRequest request) {
        token().check();
        Object answer = operation.answers().get(request.name());
        if (answer instanceof Map<?, ?> known) {
            return (Map<String, Object>) known;
        }
        OperationInput input = new OperationInput(request.prompt(), request.choices(),
                Instant.now().plus(request.within()).truncatedTo(ChronoUnit.MILLIS));
        demand(fenced(new OperationEvent.InputRequested(
                input, new Question(request.name(), request.fallback())))
                .leaving(Pause.parked(lease.wakes())));
        throw new ParkedException(request.prompt());
    }

    @Override
    public List<OperationState> children(List<OperationCommand> commands) {
        token().check();
        if (commands.isEmpty()) {
            return List.of();
        }
        List<OperationState> children = ports.children().of(operation, commands);
        long active = children.stream().filter(child -> !child.status().isTerminal()).count();
        if (active > 0) {
            throw park("Waiting for " + active
                    + (active == 1 ? " operation" : " operations") + " it needs");
        }
        return children;
    }

    @Override
    public void succeed(String message, Map<String, Object> result, PgOutcomeStep also) {
        demand(fenced(new OperationEvent.Succeeded(message, result)).with(also));
        ended = true;
    }

    private Change fenced(OperationEvent event) {
        return Change.fenced(operation.state().operationId(), event, lease.token());
    }

    /** Turns a refused word into the reason to stop. */
    private void demand(Change change) {
        flush();
        Applied applied = ports.apply().apply(change);
        if (applied instanceof Applied.Done done) {
            operation = new StoredOperation(done.state(), operation.command(),
                    operation.correlationId(), change.checkpoint().orElse(operation.checkpoint()),
                    operation.answers(), operation.question());
            return;
        }
        boolean cancelling = applied instanceof Applied.Refused refused
                && refused.why().state().status() == OperationStatus.CANCELLING;
        throw stopped(cancelling
                ? CancellationToken.Reason.CANCELLED : CancellationToken.Reason.LEASE_LOST);
    }

    private StoppedException stopped(CancellationToken.Reason reason) {
        token().stop(reason);
        return new StoppedException(reason);
    }
}
