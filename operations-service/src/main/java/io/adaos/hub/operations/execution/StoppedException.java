package io.adaos.hub.operations.execution;

/** The run must not go on; thrown by the progress, passed on by handlers. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final CancellationToken.Reason reason;

    public StoppedException(CancellationToken.Reason reason) {
        super("stopped: " + reason, null, false, false);
        this.reason = reason;
    }

    CancellationToken.Reason reason() {
        return reason;
    }
}
