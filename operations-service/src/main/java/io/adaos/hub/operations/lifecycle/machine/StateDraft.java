package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.operation.OperationError;
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

    OperationState build(Instant now) {
        Instant finishedAt = from.finishedAt() == null && status.isTerminal()
                ? now : from.finishedAt();
        return new OperationState(from.operationId(), from.kind(), from.targetKind(),
                from.targetId(), status, progress, message, currentStep, from.startedAt(), now,
                finishedAt, result, error, from.initiator(), from.scope(), canCancel, canRetry,
                from.retryOf(), from.attempt(), from.webspaceId(), from.nodeId(),
                from.version(), from.plan(), from.parentId(), from.priority(), from.input(),
                from.revision() + 1);
    }
}
