package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.AcceptedOperation;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Lets commands in, cancels and repeats: checks first, then one transaction. */
public class IntakeService {

    private static final Duration CANCEL_WAIT = Duration.ofSeconds(3);
    private static final Duration CANCEL_LOOK = Duration.ofMillis(40);
    private static final Duration BUSY_RETRY = Duration.ofSeconds(2);

    private final OperationManager operations;
    private final AdmissionCheck limits;
    private final CommandValidator validator;

    /** @param nodes where operations can run now */
    public IntakeService(OperationManager operations, AdmissionLimits limits,
            Supplier<Set<NodeId>> nodes) {
        this.operations = operations;
        this.limits = new AdmissionCheck(operations, limits);
        this.validator = new CommandValidator(operations.kinds(), nodes);
    }

    /**
     * Takes a request in, or refuses it with everything that is wrong.
     *
     * @param key empty when the client sent none
     */
    public Uni<AcceptedOperation> accept(
            OperationRequest request, String correlationId, Initiator initiator,
            Optional<Submission.Key> key) {
        OperationCommand command = checked(request);
        Submission submission = new Submission(command, initiator, correlationId, key);
        // what was answered before is answered again, whatever became of the target since
        return operations.known(submission)
                .chain(known -> known.map(admission -> Uni.createFrom().item(admission))
                        .orElseGet(() -> acceptNew(submission)))
                .map(IntakeService::answer);
    }

    private Uni<Admission> acceptNew(Submission submission) {
        OperationCommand command = submission.command();
        TargetCheck targets = operations.kinds().get(command.kind().value()).targets();
        return limits.admit(command.kind().value(), submission.initiator())
                .chain(() -> targets.presence(command))
                .invoke(presence -> refuseUnknown(presence, command))
                .chain(() -> operations.accept(submission));
    }

    /** Repeats an operation that ended without success. */
    public Uni<AcceptedOperation> retry(
            OperationId id, String correlationId, Initiator initiator) {
        return operations.find(id)
                .chain(found -> found.filter(OperationState::canRetry)
                        .map(state -> limits.admit(state.kind().value(), initiator))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(() -> operations.retry(id, initiator, correlationId))
                .map(IntakeService::answer);
    }

    /** Cancels, and waits a moment for the outcome. */
    public Uni<CancelAnswer> cancel(OperationId id, Initiator initiator) {
        return operations.apply(Change.of(id, new OperationEvent.CancelRequested(initiator)))
                .map(applied -> state(id, applied))
                .chain(state -> state.status() == OperationStatus.CANCELLING
                        ? outcome(state) : Uni.createFrom().item(state))
                .map(CancelAnswer::of);
    }

    /** Answers what an operation asks; it goes on. */
    public Uni<OperationState> answer(OperationId id, String value, Initiator by) {
        return operations.apply(Change.of(id, new OperationEvent.InputGiven(value, by)))
                .map(applied -> state(id, applied));
    }

    private OperationCommand checked(OperationRequest request) {
        CheckedCommand checked = validator.check(request);
        if (checked instanceof CheckedCommand.Valid valid) {
            return valid.command();
        }
        List<FieldProblem> problems = ((CheckedCommand.Invalid) checked).problems();
        boolean kindOnly = problems.size() == 1
                && problems.get(0).code().equals(CommandValidator.KIND_UNKNOWN);
        throw kindOnly
                ? new HubException(HubErrorCode.OPERATION_KIND_UNKNOWN,
                        problems.get(0).message() + "; known are "
                                + String.join(", ", operations.kinds().keySet()), problems)
                : new HubException(HubErrorCode.REQUEST_INVALID,
                        "The request has " + problems.size()
                                + (problems.size() == 1 ? " fault" : " faults"), problems);
    }

    private static void refuseUnknown(TargetCheck.Presence presence, OperationCommand command) {
        if (presence == TargetCheck.Presence.UNKNOWN) {
            throw new HubException(HubErrorCode.ARTIFACT_NOT_FOUND,
                    "The registry has no " + command.target().label()
                            + (command.version() == null ? "" : ' ' + command.version()));
        }
    }

    private static AcceptedOperation answer(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            return AcceptedOperation.of(admitted.operation(), false);
        }
        if (admission instanceof Admission.Joined joined) {
            return AcceptedOperation.of(joined.operation(), true);
        }
        if (admission instanceof Admission.Busy busy) {
            OperationState holder = busy.holder();
            throw new HubException(HubErrorCode.TARGET_BUSY,
                    holder.scope().get(2) + " is in use by " + holder.operationId() + " ("
                            + holder.kind() + ", " + holder.status().wire() + ')',
                    List.of(), Map.of("holder", holder)).after(BUSY_RETRY);
        }
        if (admission instanceof Admission.KeyReused reused) {
            throw new HubException(HubErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "The Idempotency-Key '" + reused.key() + "' was sent with another request");
        }
        if (admission instanceof Admission.Refused refused) {
            throw new HubException(refused.why().code(), refused.why().detail());
        }
        if (admission instanceof Admission.Missing) {
            throw new HubException(HubErrorCode.OPERATION_NOT_FOUND, "There is no such operation");
        }
        throw new AssertionError("admission without an answer: " + admission);
    }

    private static OperationState state(OperationId id, Applied applied) {
        if (applied instanceof Applied.Done done) {
            return done.state();
        }
        if (applied instanceof Applied.Refused refused) {
            throw new HubException(refused.why().code(), refused.why().detail());
        }
        if (applied instanceof Applied.Missing) {
            throw new HubException(HubErrorCode.OPERATION_NOT_FOUND,
                    "There is no operation " + id);
        }
        throw new AssertionError("a request has no lease to lose: " + applied);
    }

    /** Looks until the runner has ended it; after the wait the last known state is the answer. */
    private Uni<OperationState> outcome(OperationState cancelling) {
        return Uni.createFrom().item(cancelling)
                .onItem().delayIt().by(CANCEL_LOOK)
                .chain(() -> operations.find(cancelling.operationId()))
                .map(found -> found.orElse(cancelling))
                .repeat().atMost(CANCEL_WAIT.dividedBy(CANCEL_LOOK))
                .filter(state -> state.status() != OperationStatus.CANCELLING)
                .collect().first()
                .map(ended -> ended == null ? cancelling : ended);
    }
}
