package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** What is left of units whose parent was deleted: their number. */
final class Gc extends Struct {
    static final int REF = 0;

    Gc(ClientStructs client, long clock, long length) {
        super(client, clock, length);
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
