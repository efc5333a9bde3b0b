package io.adaos.hub.cli.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.contracts.operation.OperationError;

/** A piece of work cannot be done, for a reason the operation shows. */
final class TaskFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OperationError error;

    TaskFailed(OperationError error) {
        super(error.message());
        this.error = error;
    }

    static TaskFailed because(String type, String message, String remedy, boolean retryable) {
        return new TaskFailed(new OperationError(type, message, remedy, retryable));
    }

    ObjectNode json() {
        ObjectNode json = WorkClient.JSON.createObjectNode().put("type", error.type())
                .put("message", error.message()).put("retryable", error.retryable());
        if (error.remedy() != null) {
            json.put("remedy", error.remedy());
        }
        return json;
    }
}
