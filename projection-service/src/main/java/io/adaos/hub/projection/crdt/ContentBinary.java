package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** An array of bytes as one value. */
final class ContentBinary implements Content {
    static final int REF = 3;

    private final byte[] bytes;

    /** The array is used, not copied. */
    ContentBinary(byte[] bytes) {
        this.bytes = bytes;
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
        out.writeVarBytes(bytes);
    }

    @Override
    public Object valueAt(long unit) {
        return bytes.clone();
    }
}
