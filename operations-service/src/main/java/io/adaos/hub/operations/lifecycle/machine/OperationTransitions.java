package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The state machine of operations: state and event in, verdict out. */
public final class OperationTransitions {
    /*
     * Notes on the machine.
     *
     *   queued ─promoted→ accepted ─started→ running ─succeeded→ succeeded
     *                                        ↑     ↓ input_requested
     *                        input_given, …expired waiting_input
     *
     * From every active status an operation can fail. A cancel ends at once what nobody has begun
     * (queued, accepted); what has begun becomes cancelling as long as its step allows it, and the
     * runner ends it. Broken off too often, it ends as recoverable. An answer counts until its
     * time has passed, the passing of the time only afterwards.
     * Nothing follows a terminal status, except that its retry is noted, once.
     */

    private static final Set<OperationStatus> ACTIVE =
            EnumSet.of(OperationStatus.ACCEPTED, OperationStatus.QUEUED, OperationStatus.RUNNING,
                    OperationStatus.WAITING_INPUT, OperationStatus.CANCELLING);
    private static final Set<OperationStatus> RESTING =
            EnumSet.of(OperationStatus.ACCEPTED, OperationStatus.QUEUED);
    private static final Set<OperationStatus> BREAKABLE =
            EnumSet.of(OperationStatus.ACCEPTED, OperationStatus.RUNNING,
                    OperationStatus.WAITING_INPUT, OperationStatus.CANCELLING);

    private OperationTransitions() {
    }

    /** The first state of a new operation. */
    public static OperationState first(
            OperationId id, OperationCommand command, Initiator initiator, Instant now) {
        TargetRef target = command.target();
        return new OperationState(id, command.kind(), target.kind(), target.id(),
                OperationStatus.ACCEPTED, 0, "Accepted", null, now, now, null, null, null,
                initiator, List.of("global", command.kind().value(), target.label()),
                true, false, null, 1, command.webspaceId(), target.node(), command.version(), null,
                null, command.priority(), null, 1);
    }

    /** The first state of a repetition of an operation that ended without success. */
    public static OperationState repetition(
            OperationId id, OperationState source, Initiator initiator, Instant now) {
        return new OperationState(id, source.kind(), source.targetKind(), source.targetId(),
                OperationStatus.ACCEPTED, 0, "Accepted", null, now, now, null, null, null,
                initiator, source.scope(), true, false, source.operationId(),
                source.attempt() + 1, source.webspaceId(), source.nodeId(), source.version(),
                ahead(source.plan()), null, source.priority(), null, 1);
    }

    /** The same first state, of a kind with these steps; the parent is null for most. */
    public static OperationState planned(
            OperationState first, List<OperationPlan.Step> steps, OperationId parent) {
        return StateDraft.of(first)
                .plan(steps.isEmpty() ? null : OperationPlan.ahead(steps))
                .parentId(parent)
                .same();
    }

    /** The same first state, for an operation that has to wait for its target. */
    public static OperationState inLine(OperationState first, OperationState holder) {
        return StateDraft.of(first)
                .status(OperationStatus.QUEUED)
                .message("Waiting for " + holder.operationId() + " to end")
                .same();
    }

    /** The same state, expected to end then; null when nobody can tell. */
    public static OperationState expecting(OperationState state, Instant etaAt) {
        OperationPlan plan = state.plan();
        return StateDraft.of(state)
                .plan(new OperationPlan(plan.steps(), plan.at(), etaAt, plan.tooLateSince()))
                .same();
    }

    private static OperationPlan ahead(OperationPlan plan) {
        return plan == null ? null : OperationPlan.ahead(plan.steps());
    }

    /** Judges the event at this instant. */
    public static Transition apply(OperationState state, OperationEvent event, Instant now) {
        if (event instanceof OperationEvent.CancelRequested cancel) {
            return cancel(state, cancel, now);
        }
        if (event instanceof OperationEvent.RetryLinked) {
            return linkRetry(state, now);
        }
        if (!sources(event).contains(state.status())) {
            return outOfPlace(state, event);
        }
        if (event instanceof OperationEvent.Progressed progressed) {
            return PlanProgress.apply(state, progressed, now);
        }
        if (event instanceof OperationEvent.InputGiven given) {
            return answer(state, given, now);
        }
        if (event instanceof OperationEvent.InputExpired expired) {
            return expire(state, expired, now);
        }
        return new Transition.Moved(effect(StateDraft.of(state), event).build(now));
    }

    /** The statuses in which an event that has no rule of its own is expected. */
    private static Set<OperationStatus> sources(OperationEvent event) {
        if (event instanceof OperationEvent.Promoted) {
            return EnumSet.of(OperationStatus.QUEUED);
        }
        if (event instanceof OperationEvent.Started) {
            return EnumSet.of(OperationStatus.ACCEPTED, OperationStatus.RUNNING);
        }
        if (event instanceof OperationEvent.Progressed
                || event instanceof OperationEvent.Postponed
                || event instanceof OperationEvent.InputRequested
                || event instanceof OperationEvent.Succeeded) {
            return EnumSet.of(OperationStatus.RUNNING);
        }
        if (event instanceof OperationEvent.Parked) {
            return EnumSet.of(OperationStatus.RUNNING, OperationStatus.CANCELLING);
        }
        if (event instanceof OperationEvent.InputGiven
                || event instanceof OperationEvent.InputExpired) {
            return EnumSet.of(OperationStatus.WAITING_INPUT);
        }
        if (event instanceof OperationEvent.CancelCompleted) {
            return EnumSet.of(OperationStatus.CANCELLING);
        }
        if (event instanceof OperationEvent.Failed) {
            return ACTIVE;
        }
        if (event instanceof OperationEvent.Interrupted) {
            return BREAKABLE;
        }
        throw new AssertionError("event without a rule: " + event);
    }

    private static StateDraft effect(StateDraft draft, OperationEvent event) {
        if (event instanceof OperationEvent.Promoted) {
            return draft.status(OperationStatus.ACCEPTED).message("Accepted");
        }
        if (event instanceof OperationEvent.Started) {
            return draft.status(OperationStatus.RUNNING);
        }
        if (event instanceof OperationEvent.Postponed postponed) {
            return draft.message(postponed.message());
        }
        if (event instanceof OperationEvent.Parked parked) {
            return draft.message(parked.message());
        }
        if (event instanceof OperationEvent.InputRequested asked) {
            return draft.status(OperationStatus.WAITING_INPUT).input(asked.input())
                    .message(asked.input().prompt());
        }
        if (event instanceof OperationEvent.Succeeded succeeded) {
            return draft.status(OperationStatus.SUCCEEDED).progress(100)
                    .message(succeeded.message()).result(succeeded.result()).canCancel(false);
        }
        if (event instanceof OperationEvent.CancelCompleted) {
            return cancelled(draft);
        }
        if (event instanceof OperationEvent.Failed failed) {
            return ended(draft, OperationStatus.FAILED, failed.error());
        }
        if (event instanceof OperationEvent.Interrupted interrupted) {
            return ended(draft, OperationStatus.RECOVERABLE, interrupted.error());
        }
        throw new AssertionError("event without an effect: " + event);
    }

    private static Transition answer(
            OperationState state, OperationEvent.InputGiven given, Instant now) {
        OperationInput input = state.input();
        if (!now.isBefore(input.expiresAt())) {
            return new Transition.Refused(state, HubErrorCode.OPERATION_NOT_WAITING,
                    "No answer is taken since " + input.expiresAt());
        }
        if (!input.offers(given.value())) {
            return new Transition.Refused(state, HubErrorCode.REQUEST_INVALID,
                    "The value is none of the choices: " + String.join(", ",
                            input.choices().stream().map(OperationInput.Choice::value).toList()));
        }
        return new Transition.Moved(StateDraft.of(state).status(OperationStatus.RUNNING)
                .message("Going on with the answer: " + given.value()).build(now));
    }

    private static Transition expire(
            OperationState state, OperationEvent.InputExpired expired, Instant now) {
        if (now.isBefore(state.input().expiresAt())) {
            return outOfPlace(state, expired);
        }
        StateDraft draft = StateDraft.of(state);
        if (expired.fallback().isPresent()) {
            return new Transition.Moved(draft.status(OperationStatus.RUNNING)
                    .message("Nobody answered; going on with: " + expired.fallback().get())
                    .build(now));
        }
        return new Transition.Moved(ended(draft, OperationStatus.FAILED, new OperationError(
                "input_expired", "Nobody answered until " + state.input().expiresAt(),
                "Retry, and answer in time", true)).build(now));
    }

    private static Transition cancel(
            OperationState state, OperationEvent.CancelRequested cancel, Instant now) {
        if (state.status().isTerminal()) {
            return new Transition.Refused(state, HubErrorCode.OPERATION_NOT_ACTIVE,
                    state.operationId() + " is already " + state.status().wire());
        }
        if (state.status() == OperationStatus.CANCELLING) {
            return new Transition.Unchanged(state);
        }
        if (RESTING.contains(state.status())) {
            return new Transition.Moved(cancelled(StateDraft.of(state)).build(now));
        }
        if (!state.canCancel()) {
            return new Transition.Refused(state, HubErrorCode.OPERATION_NOT_CANCELLABLE,
                    state.operationId() + " cannot be cancelled since step "
                            + tooLateSince(state));
        }
        return new Transition.Moved(StateDraft.of(state)
                .status(OperationStatus.CANCELLING)
                .message("Cancelling for " + cancel.by().kind() + ' ' + cancel.by().id())
                .canCancel(false)
                .build(now));
    }

    private static Transition linkRetry(OperationState state, Instant now) {
        if (!state.status().isTerminal()) {
            return new Transition.Refused(state, HubErrorCode.OPERATION_NOT_RETRYABLE,
                    state.operationId() + " is still " + state.status().wire());
        }
        if (!state.canRetry()) {
            return new Transition.Refused(state, HubErrorCode.OPERATION_NOT_RETRYABLE,
                    state.operationId() + " is " + state.status().wire()
                            + " and cannot be retried");
        }
        return new Transition.Moved(StateDraft.of(state).canRetry(false).build(now));
    }

    private static String tooLateSince(OperationState state) {
        return state.plan() == null || state.plan().tooLateSince() == null
                ? state.currentStep() : state.plan().tooLateSince();
    }

    private static StateDraft cancelled(StateDraft draft) {
        return ended(draft, OperationStatus.CANCELLED, new OperationError(
                "operation_cancelled", "Cancelled on request", "Start it again when wanted", true));
    }

    private static StateDraft ended(
            StateDraft draft, OperationStatus status, OperationError error) {
        return draft.status(status).message(error.message()).error(error)
                .canCancel(false).canRetry(true);
    }

    private static Transition outOfPlace(OperationState state, OperationEvent event) {
        boolean answer = event instanceof OperationEvent.InputGiven && !state.status().isTerminal();
        return new Transition.Refused(state, answer
                ? HubErrorCode.OPERATION_NOT_WAITING : HubErrorCode.OPERATION_NOT_ACTIVE,
                event.getClass().getSimpleName() + " does not fit " + state.operationId()
                        + ", which is " + state.status().wire());
    }
}
