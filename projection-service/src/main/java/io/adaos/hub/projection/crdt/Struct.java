package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** A run of units of one client: an item, a collected remainder, or a hole. */
abstract sealed class Struct permits Item, Gc, Skip {
    final ClientStructs client;
    long clock;
    long length;

    Struct(ClientStructs client, long clock, long length) {
        this.client = client;
        this.clock = clock;
        this.length = length;
    }

    /** The first clock behind this struct. */
    final long end() {
        return clock + length;
    }

    /** Whether its content is no longer part of the document. */
    abstract boolean isDeleted();

    /** Appends the encoded struct without its first {@code offset} units. */
    abstract void write(ByteWriter out, long offset);
}
