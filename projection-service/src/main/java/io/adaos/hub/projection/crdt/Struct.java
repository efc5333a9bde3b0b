package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** A run of units of one client: an item, a collected remainder, or a hole. */
abstract sealed class Struct permits Item, Gc, Skip {
    private ClockRange range;
    private int clock;      // low half

    Struct(ClientStructs client, long clock) {
        begin(client, clock);
    }

    private void begin(ClientStructs client, long first) {
        range = client.rangeOf(first);
        clock = (int) first;
    }

    final ClientStructs client() {
        return range.client();
    }

    final long clock() {
        return range.clock(clock);
    }

    /** Moves the begin behind units that were cut off. */
    final void skip(long units) {
        begin(client(), clock() + units);
    }

    abstract long length();

    /** The first clock behind this struct. */
    final long end() {
        return clock() + length();
    }

    /** Whether its content is no longer part of the document. */
    abstract boolean isDeleted();

    /** Appends the encoded struct without its first {@code offset} units. */
    abstract void write(ByteWriter out, long offset);
}
