package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.Map;

/** The next state of an operation while it is put together; builds it with the next revision. */
final class StateDraft {

    private final OperationState from;
    private OperationStatus status;
    private int progress;
    private String message;
    private String currentStep;                 // null before the first step
    private Map<String, Object> result;         // null unless succeeded
    private OperationError error;               // null unless it ended without success
    private boolean canCancel;
    private boolean canRetry;
    private OperationPlan plan;                 // null while the kind has none
    private OperationInput input;               // null unless it waits for input
    private OperationId parentId;               // null unless another operation started it

    private StateDraft(OperationState from) {
        this.from = from;
        this.status = from.status();
        this.progress = from.progress();
        this.message = from.message();
        this.currentStep = from.currentStep();
        this.result = from.result();
        this.error = from.error();
        this.canCancel = from.canCancel();
        this.canRetry = from.canRetry();
        this.plan = from.plan();
        this.input = from.input();
        this.parentId = from.parentId();
    }

    static StateDraft of(OperationState state) {
        return new StateDraft(state);
    }

    StateDraft status(OperationStatus value) {
        status = value;
        return this;
    }

    StateDraft progress(int value) {
        progress = value;
        return this;
    }

    StateDraft message(String value) {
        message = value;
        return this;
    }

    StateDraft currentStep(String value) {
        currentStep = value;
        return this;
    }

    StateDraft result(Map<String, Object> value) {
        result = value;
        return this;
    }

    StateDraft error(OperationError value) {
        error = value;
        return this;
    }

    StateDraft canCancel(boolean value) {
        canCancel = value;
        return this;
    }

    StateDraft canRetry(boolean value) {
        canRetry = value;
        return this;
    }

    StateDraft plan(OperationPlan value) {
        plan = value;
        return this;
    }

    StateDraft input(OperationInput value) {
        input = value;
        return this;
    }

    StateDraft parentId(OperationId value) {
        parentId = value;
        return this;
    }

    /** The same revision, of which something more is known. */
    OperationState same() {
        return build(from.updatedAt(), from.revision());
    }

    OperationState build(Instant now) {
        return build(now, from.revision() + 1);
    }

    private OperationState build(Instant now, long revision) {
        Instant finishedAt = from.finishedAt() == null && status.isTerminal()
                ? now : from.finishedAt();
        if (status.isTerminal() && plan != null) {
            plan = new OperationPlan(plan.steps(), plan.at(), null, plan.tooLateSince());
        }
        if (status != OperationStatus.WAITING_INPUT) {
            input = null;
        }
        return new OperationState(from.operationId(), from.kind(), from.targetKind(),
                from.targetId(), status, progress, message, currentStep, from.startedAt(), now,
                finishedAt, result, error, from.initiator(), from.scope(), canCancel, canRetry,
                from.retryOf(), from.attempt(), from.webspaceId(), from.nodeId(),
                from.version(), plan, parentId, from.priority(), input, revision);
    }
}
