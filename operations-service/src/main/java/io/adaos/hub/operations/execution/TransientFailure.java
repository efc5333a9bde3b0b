package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.operation.OperationError;

/** Something the operation needs is away and is expected to come back. */
public final class TransientFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OperationError error;

    /** @param error what the record shows when it stays away until the deadline */
    public TransientFailure(OperationError error) {
        super(error.message());
        this.error = error;
    }

    public OperationError error() {
        return error;
    }
}
