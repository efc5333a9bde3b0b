package io.adaos.hub.projection.crdt;

/** What applying an update would do to a document. */
public enum UpdateFit {
    /** Nothing: every struct is known and every delete is made. */
    KNOWN,
    /** Something new, and all it needs is there. */
    NEW,
    /** Part of it would have to wait for updates that have not arrived. */
    GAP
}
