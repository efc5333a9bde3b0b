package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** A nested shared type. */
final class ContentType implements Content {
    static final int REF = 7;

    final TypeNode node;

    ContentType(TypeNode node) {
        this.node = node;
    }

    @Override
    public int ref() {
        return REF;
    }

    @Override
    public long length() {
        return 1;
    }

    @Override
    public boolean isCountable() {
        return true;
    }

    @Override
    public void write(ByteWriter out, long offset) {
        out.writeVarUint(node.kind.ordinal());
        if (node.kind.isNamed()) {
            out.writeVarString(node.name);
        }
    }

    @Override
    public Object valueAt(long unit) {
        return node;
    }
}
