package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyCodec;
import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** A reference to another document. */
final class ContentDoc implements Content {
    static final int REF = 9;

    private final Subdocument reference;

    ContentDoc(Subdocument reference) {
        this.reference = reference;
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
        out.writeVarString(reference.guid());
        AnyCodec.write(out, reference.options());
    }

    @Override
    public Object valueAt(long unit) {
        return reference;
    }
}
