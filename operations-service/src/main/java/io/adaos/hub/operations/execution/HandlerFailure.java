package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.operation.OperationError;

/** The operation cannot succeed, for a reason its record shows. */
public final class HandlerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OperationError error;

    public HandlerFailure(OperationError error) {
        super(error.message());
        this.error = error;
    }

    /** What the record shows. */
    public OperationError error() {
        return error;
    }
}
