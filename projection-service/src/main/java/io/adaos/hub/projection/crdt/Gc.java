package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** What is left of units whose parent was deleted: their number. */
final class Gc extends Struct {
    static final int REF = 0;

    private long length;

    Gc(ClientStructs client, long clock, long length) {
        super(client, clock);
        this.length = length;
    }

    @Override
    long length() {
        return length;
    }

    /** Takes up the remainder behind it. */
    void absorb(Gc next) {
        length += next.length;
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
