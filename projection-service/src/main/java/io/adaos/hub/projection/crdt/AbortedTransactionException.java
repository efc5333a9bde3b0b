package io.adaos.hub.projection.crdt;

/** The work of a transaction failed half-way; what it had changed stays and is in the update. */
public final class AbortedTransactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient byte[] update;

    AbortedTransactionException(RuntimeException cause, byte[] update) {
        super("transaction aborted: " + cause.getMessage(), cause);
        this.update = update;
    }

    /** The update of everything that was changed before the failure; empty when nothing was. */
    public byte[] update() {
        return update.clone();
    }
}
