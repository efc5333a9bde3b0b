package io.adaos.hub.projection.crdt.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads lib0 values from an array of bytes and refuses whatever the bytes cannot hold. */
public final class ByteReader {
    /** The largest integer that a JavaScript number holds exactly: 2^53 - 1. */
    public static final long INTEGER_MAX = (1L << 53) - 1;

    /** 7 bits a byte: no legal value is longer. */
    private static final int VAR_BYTES_MAX = 8;

    private final byte[] bytes;
    private final int end;
    private final DecodeLimits limits;
    private int offset;

    /** Reads all of {@code bytes}; the array is neither copied nor changed. */
    public ByteReader(byte[] bytes, DecodeLimits limits) {
        this.bytes = bytes;
        this.end = bytes.length;
        this.limits = limits;
    }

    /** The limits of this reader. */
    public DecodeLimits limits() {
        return limits;
    }

    /** Position of the next byte, from 0. */
    public int offset() {
        return offset;
    }

    /** Bytes not read yet. */
    public int remaining() {
        return end - offset;
    }

    /** Whether another byte follows. */
    public boolean hasMore() {
        return offset < end;
    }

    /** The next byte as 0..255. */
    public int readByte() throws MalformedUpdateException {
        if (offset == end) {
            throw malformed("input cut short");
        }
        return bytes[offset++] & 0xFF;
    }

    /** An unsigned integer of at most 53 bits. */
    public long readVarUint() throws MalformedUpdateException {
        if (offset < end && bytes[offset] >= 0) {
            return bytes[offset++];
        }
        int start = offset;
        long value = 0;
        for (int i = 0; i < VAR_BYTES_MAX; i++) {
            if (offset == end) {
                throw new MalformedUpdateException("number cut short", start);
            }
            byte next = bytes[offset++];
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                return exact(value, start);
            }
        }
        throw new MalformedUpdateException("number too long", start);
    }

    /** A signed integer of at most 53 bits: a Long, or the Double -0.0. */
    public Number readVarInt() throws MalformedUpdateException {
        int start = offset;
        int first = readByte();
        boolean negative = (first & 0x40) != 0;
        long value = first & 0x3F;
        int shift = 6;
        int next = first;
        while ((next & 0x80) != 0) {
            if (shift > 6 + 7 * (VAR_BYTES_MAX - 2)) {
                throw new MalformedUpdateException("number too long", start);
            }
            next = readByte();
            value |= (next & 0x7FL) << shift;
            shift += 7;
        }
        exact(value, start);
        if (negative && value == 0) {
            return -0.0;
        }
        return negative ? -value : value;
    }

    private static long exact(long value, int start) throws MalformedUpdateException {
        if (value > INTEGER_MAX) {
            throw new MalformedUpdateException("number beyond 2^53-1", start);
        }
        return value;
    }

    /**
     * A count of things that need at least {@code bytesEach} bytes; refuses one that the rest of
     * the input could not hold or that is above {@code countMax}.
     */
    public int readCount(int countMax, int bytesEach) throws MalformedUpdateException {
        int start = offset;
        long count = readVarUint();
        if (count > countMax) {
            throw new MalformedUpdateException("count " + count + " above " + countMax, start);
        }
        if (count > remaining() / bytesEach) {
            throw new MalformedUpdateException("count " + count + " beyond the input", start);
        }
        return (int) count;
    }

    /** A length-prefixed byte array, copied. */
    public byte[] readVarBytes() throws MalformedUpdateException {
        int length = readCount(Integer.MAX_VALUE, 1);
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        offset += length;
        return copy;
    }

    /** A length-prefixed string; refuses bytes that are not UTF-8. A leading BOM is kept. */
    public String readVarString() throws MalformedUpdateException {
        int length = readCount(limits.stringBytesMax(), 1);
        int start = offset;
        offset += length;
        for (int i = start; i < offset; i++) {
            if (bytes[i] < 0) {
                return decodeUtf8(start, length);
            }
        }
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    /** As {@link #readVarString()}, but gives equal short strings as one object. */
    public String readVarString(StringCache cache) throws MalformedUpdateException {
        int start = offset;
        int length = readCount(limits.stringBytesMax(), 1);
        String known = cache.find(bytes, offset, length);
        if (known != null) {
            offset += length;
            return known;
        }
        int from = offset;
        offset = start;
        String text = readVarString();
        cache.keep(bytes, from, text, length);
        return text;
    }

    private String decodeUtf8(int start, int length) throws MalformedUpdateException {
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, start, length));
            return chars.toString();
        } catch (CharacterCodingException e) {
            throw new MalformedUpdateException("string is not UTF-8", start);
        }
    }

    /** A big-endian 32-bit float. */
    public float readFloat32() throws MalformedUpdateException {
        return Float.intBitsToFloat((int) readBigEndian(4));
    }

    /** A big-endian 64-bit float. */
    public double readFloat64() throws MalformedUpdateException {
        return Double.longBitsToDouble(readBigEndian(8));
    }

    /** A big-endian 64-bit integer in two's complement. */
    public long readInt64() throws MalformedUpdateException {
        return readBigEndian(8);
    }

    private long readBigEndian(int count) throws MalformedUpdateException {
        if (remaining() < count) {
            throw malformed("number cut short");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[offset++] & 0xFF;
        }
        return value;
    }

    /** An exception that points at the next byte. */
    public MalformedUpdateException malformed(String what) {
        return new MalformedUpdateException(what, offset);
    }
}
