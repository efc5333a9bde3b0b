package io.adaos.hub.projection.crdt;

/** Hears of every transaction that changed what a reader of the document sees. */
@FunctionalInterface
public interface DocObserver {
    /**
     * Called on the thread of the document, at the end of a transaction and before its update
     * exists. The document shows the new state and must not be changed.
     *
     * @param change good until this method returns
     * @throws RuntimeException reaches whoever made or applied the change, as
     *     {@link AbortedTransactionException}; the change stays
     */
    void changed(DocChange change);
}
