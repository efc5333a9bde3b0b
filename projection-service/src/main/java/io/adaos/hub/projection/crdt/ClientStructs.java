package io.adaos.hub.projection.crdt;

/** A client and all its structs, without holes from clock 0 on. */
final class ClientStructs extends ClockRange {
    /*
     * Notes.
     *
     * A document that lives long has many clients that wrote once: every reload of a browser is
     * one. So nothing is kept here that only an open transaction needs, and a client with one
     * struct has no list. A position is good until a struct is inserted, or one at or before it
     * is removed.
     */

    /** There is no such struct. */
    static final int NONE = -1;

    final long id;
    private Object structs;     // null = none, a Struct = the only one there ever was, else chunks

    ClientStructs(long id) {
        this.id = id;
    }

    @Override
    ClientStructs client() {
        return this;
    }

    @Override
    long firstClock() {
        return 0;
    }

    /** The range that holds a clock. */
    ClockRange rangeOf(long clock) {
        return clock >>> BITS == 0 ? this : new FarClocks(this, clock >>> BITS << BITS);
    }

    /** Number of structs. */
    int size() {
        return structs instanceof StructChunks chunks ? chunks.size() : structs == null ? 0 : 1;
    }

    /** The first clock this document does not have. */
    long nextClock() {
        Struct last = structs instanceof StructChunks chunks ? chunks.last() : (Struct) structs;
        return last == null ? 0 : last.end();
    }

    /** Appends a struct that starts at {@link #nextClock()}. */
    void add(Struct struct) {
        if (struct.clock() != nextClock()) {
            throw new AssertionError("struct at " + struct.clock() + ", expected " + nextClock());
        }
        if (structs == null) {
            structs = struct;
        } else {
            chunks().add(struct);
        }
    }

    private StructChunks chunks() {
        if (structs instanceof Struct only) {
            structs = new StructChunks(only);
        }
        return (StructChunks) structs;
    }

    /** The position of the struct that holds {@code clock}, which must be below the next clock. */
    int positionOf(long clock) {
        return structs instanceof StructChunks chunks ? chunks.positionOf(clock) : 0;
    }

    /** The struct that holds {@code clock}, which must be below the next clock. */
    Struct find(long clock) {
        return at(positionOf(clock));
    }

    Struct at(int position) {
        return structs instanceof StructChunks chunks ? chunks.at(position) : (Struct) structs;
    }

    /** The position of the first struct, or {@link #NONE}. */
    int first() {
        return structs == null ? NONE : 0;
    }

    /** The position behind another, or {@link #NONE} at the end. */
    int next(int position) {
        return structs instanceof StructChunks chunks ? chunks.next(position) : NONE;
    }

    /** The position before another, or {@link #NONE} at the start. */
    int previous(int position) {
        return structs instanceof StructChunks chunks ? chunks.previous(position) : NONE;
    }

    /** Number of structs from a position on. */
    int countFrom(int position) {
        return structs instanceof StructChunks chunks ? chunks.countFrom(position) : 1;
    }

    void replace(int position, Struct struct) {
        if (structs instanceof StructChunks chunks) {
            chunks.replace(position, struct);
        } else {
            structs = struct;
        }
    }

    /** Puts the right half of a split struct behind its left half. */
    void insertAfter(int position, Struct struct) {
        chunks().insertAfter(position, struct);
    }

    /** Drops a struct that became a part of the one before it. */
    void remove(int position) {
        chunks().remove(position);
    }
}
