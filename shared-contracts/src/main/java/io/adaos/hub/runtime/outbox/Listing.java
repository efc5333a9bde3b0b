package io.adaos.hub.runtime.outbox;

/** What a list answered. */
public sealed interface Listing<P> {

    /** HTTP 304: what was listed last still holds. */
    record Unchanged<P>() implements Listing<P> {
    }

    /**
     * The whole state at one position.
     *
     * @param etag for the next If-None-Match, null when the list has none
     */
    record Listed<P>(String epoch, long sequence, String etag, P payload) implements Listing<P> {
    }
}
