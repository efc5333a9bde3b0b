package io.adaos.hub.projection.crdt.codec;

import java.util.Arrays;

/** Writes lib0 values into a growing array of bytes. */
public final class ByteWriter {
    private static final int INITIAL_BYTES = 64;
    private static final char REPLACEMENT = '\uFFFD';

    private byte[] bytes;
    private int size;

    /** An empty writer. */
    public ByteWriter() {
        this(INITIAL_BYTES);
    }

    /** An empty writer that expects about {@code capacity} bytes. */
    public ByteWriter(int capacity) {
        this.bytes = new byte[Math.max(capacity, INITIAL_BYTES)];
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** One byte, the low 8 bits of {@code value}. */
    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** An unsigned integer of at most 53 bits. */
    public void writeVarUint(long value) {
        reserve(10);
        long rest = value;
        while (rest > 0x7F) {
            bytes[size++] = (byte) (0x80 | rest & 0x7F);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A signed integer given as sign and magnitude, because lib0 knows -0. */
    public void writeVarInt(boolean negative, long magnitude) {
        reserve(10);
        long rest = magnitude >>> 6;
        int sign = negative ? 0x40 : 0;
        bytes[size++] = (byte) ((rest > 0 ? 0x80 : 0) | sign | (int) (magnitude & 0x3F));
        while (rest > 0) {
            bytes[size++] = (byte) ((rest > 0x7F ? 0x80 : 0) | (int) (rest & 0x7F));
            rest >>>= 7;
        }
    }

    /** Bytes without a length. */
    public void writeBytes(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    /** Bytes after their length. */
    public void writeVarBytes(byte[] source) {
        writeVarUint(source.length);
        writeBytes(source);
    }

    /** Bytes from a position on, after their length. */
    public void writeVarBytes(byte[] source, int from) {
        int length = source.length - from;
        writeVarUint(length);
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** All that another writer holds, without a length. */
    public void writeAll(ByteWriter other) {
        reserve(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    /** UTF-8 after its byte length; half a surrogate pair becomes U+FFFD, as in JavaScript. */
    public void writeVarString(CharSequence text) {
        writeVarString(text, 0);
    }

    /** As {@link #writeVarString(CharSequence)}, from the given UTF-16 position on. */
    public void writeVarString(CharSequence text, int from) {
        int length = text.length();
        int bytesNeeded = utf8Length(text, from);
        writeVarUint(bytesNeeded);
        reserve(bytesNeeded);
        if (bytesNeeded == length - from) {
            for (int i = from; i < length; i++) {
                bytes[size++] = (byte) text.charAt(i);
            }
            return;
        }
        for (int i = from; i < length; i++) {
            char unit = text.charAt(i);
            if (isPair(text, i)) {
                putCodePoint(Character.toCodePoint(unit, text.charAt(++i)));
            } else {
                putCodePoint(Character.isSurrogate(unit) ? REPLACEMENT : unit);
            }
        }
    }

    private static int utf8Length(CharSequence text, int from) {
        int length = text.length();
        int count = 0;
        for (int i = from; i < length; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                count++;
            } else if (unit < 0x800) {
                count += 2;
            } else if (isPair(text, i)) {
                count += 4;
                i++;
            } else {
                count += 3;
            }
        }
        return count;
    }

    private static boolean isPair(CharSequence text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private void putCodePoint(int point) {
        if (point < 0x80) {
            bytes[size++] = (byte) point;
        } else if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | point >> 6);
            bytes[size++] = (byte) (0x80 | point & 0x3F);
        } else if (point < 0x10000) {
            bytes[size++] = (byte) (0xE0 | point >> 12);
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | point & 0x3F);
        } else {
            bytes[size++] = (byte) (0xF0 | point >> 18);
            bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | point & 0x3F);
        }
    }

    /** A big-endian 32-bit float. */
    public void writeFloat32(float value) {
        writeBigEndian(Float.floatToIntBits(value), 4);
    }

    /** A big-endian 64-bit float. */
    public void writeFloat64(double value) {
        writeBigEndian(Double.doubleToLongBits(value), 8);
    }

    /** A big-endian 64-bit integer in two's complement. */
    public void writeInt64(long value) {
        writeBigEndian(value, 8);
    }

    private void writeBigEndian(long value, int count) {
        reserve(count);
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
