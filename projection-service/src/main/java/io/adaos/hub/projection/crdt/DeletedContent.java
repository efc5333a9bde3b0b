package io.adaos.hub.projection.crdt;

/** What a document does with content that was deleted. */
public enum DeletedContent {
    /** Drops it at the end of the transaction; its ids stay. As yjs does with gc on. */
    COLLECT,

    /** Keeps it, so that snapshots can be restored; the document only grows. gc off in yjs. */
    KEEP
}
