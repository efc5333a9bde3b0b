package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** A hole in an update: units that exist somewhere but are not in it. Never in a document. */
final class Skip extends Struct {
    static final int REF = 10;

    private final long length;

    Skip(ClientStructs client, long clock, long length) {
        super(client, clock);
        this.length = length;
    }

    @Override
    long length() {
        return length;
    }

    @Override
    boolean isDeleted() {
        return true;
    }

    @Override
    void write(ByteWriter out, long offset) {
        out.writeByte(REF);
        out.writeVarUint(length - offset);
    }
}
