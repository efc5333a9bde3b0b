package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.operationlog.LogEntry;
import io.adaos.hub.operations.operationlog.LogLevel;

/** What the log says of a state: new state in, one line out. */
public final class StateLines {

    private StateLines() {
    }

    /** The line of this change. */
    public static LogEntry line(OperationState state) {
        return new LogEntry(
                state.operationId(), level(state), state.currentStep(), message(state));
    }

    private static LogLevel level(OperationState state) {
        return switch (state.status()) {
            case ACCEPTED, QUEUED, RUNNING, WAITING_INPUT, SUCCEEDED -> LogLevel.INFO;
            case CANCELLING, CANCELLED, RECOVERABLE -> LogLevel.WARNING;
            case FAILED -> LogLevel.ERROR;
        };
    }

    private static String message(OperationState state) {
        if (state.revision() == 1) {
            return state.message() + ", asked for by " + state.initiator().kind() + ' '
                    + state.initiator().id();
        }
        OperationError error = state.error();
        if (error == null) {
            return state.status() == OperationStatus.RUNNING
                    ? state.message() : state.status().wire() + ": " + state.message();
        }
        if (!state.canRetry()) {
            return "Repeated by another operation";
        }
        return state.status().wire() + ": " + error.type() + ": " + error.message()
                + (error.cause() == null ? "" : " (" + error.cause().message() + ')');
    }
}
