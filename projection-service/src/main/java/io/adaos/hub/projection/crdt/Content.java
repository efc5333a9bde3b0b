package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** What an item carries. Contents are never changed in place, except that they may grow. */
sealed interface Content permits ContentAny, ContentBinary, ContentDeleted, ContentDoc,
        ContentEmbed, ContentFormat, ContentJson, ContentString, ContentType {

    /** Its number on the wire. */
    int ref();

    /** Units, at least 1. */
    long length();

    /** Whether its units are elements of a list; formats and deleted content are not. */
    boolean isCountable();

    /** Appends the encoded content without its first {@code offset} units. */
    void write(ByteWriter out, long offset);

    /** The value at a unit: a plain value, a {@link TypeNode} or a {@link Subdocument}. */
    Object valueAt(long unit);

    /** The first {@code units} units. */
    default Content head(long units) {
        throw new AssertionError("content " + ref() + " has one unit and cannot be split");
    }

    /** The units from {@code from} on. */
    default Content tail(long from) {
        throw new AssertionError("content " + ref() + " has one unit and cannot be split");
    }

    /** Whether {@link #join} can take this content. */
    default boolean canJoin(Content next) {
        return false;
    }

    /** This content followed by the next; neither is used afterwards. */
    default Content join(Content next) {
        throw new AssertionError("content " + ref() + " cannot be joined");
    }
}
