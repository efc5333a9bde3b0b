package io.adaos.hub.runtime.workspace;

import io.adaos.hub.contracts.operation.OperationError;

/** Files that must not, or cannot, be used, and why. */
public final class WorkspaceRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OperationError error;

    /** @param error says what is wrong and what to do */
    public WorkspaceRefusal(OperationError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** What the operation's record shows. */
    public OperationError error() {
        return error;
    }
}
