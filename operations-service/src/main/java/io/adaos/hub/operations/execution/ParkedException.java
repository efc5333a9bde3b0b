package io.adaos.hub.operations.execution;

/**
 * The run has given its lease back, because the operation waits for something; thrown by the
 * progress, passed on by handlers. The next run goes the same way again.
 */
public final class ParkedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ParkedException(String message) {
        super(message, null, false, false);
    }
}
