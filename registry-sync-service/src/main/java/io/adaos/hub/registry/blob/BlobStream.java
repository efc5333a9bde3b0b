package io.adaos.hub.registry.blob;

import java.io.InputStream;
import java.util.function.IntFunction;

/** A blob as a stream that asks for each row when the one before was read. */
final class BlobStream extends InputStream {

    private final IntFunction<byte[]> chunks;
    private final int count;
    private byte[] bytes = new byte[0];
    private int position;
    private int next;

    BlobStream(long length, IntFunction<byte[]> chunks) {
        this.chunks = chunks;
        this.count = PgBlobStore.chunks(length);
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : bytes[position++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int taken = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, taken);
        position += taken;
        return taken;
    }

    private boolean isAtEnd() {
        while (position == bytes.length && next < count) {
            bytes = chunks.apply(next++);
            position = 0;
        }
        return position == bytes.length;
    }
}
