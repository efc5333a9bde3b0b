package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The words clients read in {@code operation.status}. */
public enum OperationStatus {
    ACCEPTED,
    QUEUED,
    RUNNING,
    WAITING_INPUT,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    RECOVERABLE;

    /** Nothing follows a terminal status. */
    public boolean isTerminal() {
        return switch (this) {
            case ACCEPTED, QUEUED, RUNNING, WAITING_INPUT, CANCELLING -> false;
            case SUCCEEDED, FAILED, CANCELLED, RECOVERABLE -> true;
        };
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static OperationStatus of(String word) {
        for (OperationStatus status : values()) {
            if (status.wire().equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("not an operation status: " + word);
    }
}
