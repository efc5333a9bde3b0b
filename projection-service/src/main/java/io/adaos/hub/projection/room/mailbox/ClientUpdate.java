package io.adaos.hub.projection.room.mailbox;

import io.adaos.hub.projection.crdt.UpdatePreview;

/**
 * An update of a Yjs client on its way into a document. The room's writer asks it, between looking
 * and applying, so nothing changes in between; its methods must be quick and must not fail.
 */
public interface ClientUpdate {

    /** To whom it is attributed, and with whose writes it waits. */
    String owner();

    /** The update, as Yjs version 1. */
    byte[] bytes();

    /**
     * The same with what its sender sent before and what is not applied yet, as one update; the
     * array of {@link #bytes} itself when there is nothing.
     */
    default byte[] withEarlier() {
        return bytes();
    }

    /**
     * Whether it is applied, now that it is known what it would do; asked only of an update that
     * brings something new, all of whose parts have their place.
     *
     * @param generation the newest of the document
     */
    boolean admits(UpdatePreview effect, long generation);
}
