package io.adaos.hub.runtime.bus;

/** This message can never be handled: a consumer that fails with it ends its redelivery. */
public final class TermEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the message. */
    public TermEventException(String message) {
        super(message);
    }

    /** Says what is wrong with the message, and how it was found. */
    public TermEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
