package io.adaos.hub.projection.crdt.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tagged encoding of plain values (lib0 "any"). */
public final class AnyCodec {
    private static final int UNDEFINED = 127;
    private static final int NULL = 126;
    private static final int INTEGER = 125;
    private static final int FLOAT32 = 124;
    private static final int FLOAT64 = 123;
    private static final int BIGINT = 122;
    private static final int FALSE = 121;
    private static final int TRUE = 120;
    private static final int STRING = 119;
    private static final int OBJECT = 118;
    private static final int ARRAY = 117;
    private static final int BYTES = 116;

    /** A list or map is given this much room before its elements prove that they exist. */
    private static final int TRUSTED_COUNT = 16;

    private AnyCodec() {}

    /** Reads one value; nesting beyond the reader's limit is refused. */
    public static Object read(ByteReader in) throws MalformedUpdateException {
        return read(in, in.limits().depthMax());
    }

    private static Object read(ByteReader in, int depthLeft) throws MalformedUpdateException {
        int tag = in.readByte();
        return switch (tag) {
            case UNDEFINED -> AnyValue.UNDEFINED;
            case NULL -> null;
            case INTEGER -> in.readVarInt();
            case FLOAT32 -> AnyValue.numberOf(in.readFloat32());
            case FLOAT64 -> AnyValue.numberOf(in.readFloat64());
            case BIGINT -> BigInteger.valueOf(in.readInt64());
            case FALSE -> Boolean.FALSE;
            case TRUE -> Boolean.TRUE;
            case STRING -> in.readVarString();
            case OBJECT -> readObject(in, depthLeft);
            case ARRAY -> readArray(in, depthLeft);
            case BYTES -> in.readVarBytes();
            default -> throw new MalformedUpdateException(
                    "unknown value tag " + tag, in.offset() - 1);
        };
    }

    private static Map<String, Object> readObject(ByteReader in, int depthLeft)
            throws MalformedUpdateException {
        if (depthLeft == 0) {
            throw in.malformed("value nested too deeply");
        }
        int count = in.readCount(Integer.MAX_VALUE, 2);
        Map<String, Object> object = new LinkedHashMap<>(Math.min(2 * count, TRUSTED_COUNT));
        for (int i = 0; i < count; i++) {
            String key = in.readVarString();
            object.put(key, read(in, depthLeft - 1));
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<Object> readArray(ByteReader in, int depthLeft)
            throws MalformedUpdateException {
        if (depthLeft == 0) {
            throw in.malformed("value nested too deeply");
        }
        int count = in.readCount(Integer.MAX_VALUE, 1);
        List<Object> array = new ArrayList<>(Math.min(count, TRUSTED_COUNT));
        for (int i = 0; i < count; i++) {
            array.add(read(in, depthLeft - 1));
        }
        return Collections.unmodifiableList(array);
    }

    /** Writes one value; the bytes are those JavaScript would write for it. */
    public static void write(ByteWriter out, Object value) {
        if (value instanceof String text) {
            out.writeByte(STRING);
            out.writeVarString(text);
        } else if (value instanceof Long number) {
            writeInteger(out, number);
        } else if (value instanceof Double number) {
            writeNumber(out, number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? TRUE : FALSE);
        } else if (value == null) {
            out.writeByte(NULL);
        } else if (value == AnyValue.UNDEFINED) {
            out.writeByte(UNDEFINED);
        } else if (value instanceof Map<?, ?> object) {
            writeObject(out, object);
        } else if (value instanceof List<?> array) {
            out.writeByte(ARRAY);
            out.writeVarUint(array.size());
            for (Object element : array) {
                write(out, element);
            }
        } else if (value instanceof byte[] bytes) {
            out.writeByte(BYTES);
            out.writeVarBytes(bytes);
        } else if (value instanceof BigInteger number) {
            out.writeByte(BIGINT);
            out.writeInt64(number.longValue());
        } else {
            throw new IllegalArgumentException("not a plain value: " + value.getClass().getName());
        }
    }

    private static void writeInteger(ByteWriter out, long value) {
        if (Math.abs(value) <= Integer.MAX_VALUE) {
            out.writeByte(INTEGER);
            out.writeVarInt(value < 0, Math.abs(value));
        } else {
            writeFloat(out, value);
        }
    }

    private static void writeNumber(ByteWriter out, double value) {
        if (Math.rint(value) == value && Math.abs(value) <= Integer.MAX_VALUE) {
            out.writeByte(INTEGER);
            out.writeVarInt(value < 0 || 1 / value < 0, Math.abs((long) value));
        } else {
            writeFloat(out, value);
        }
    }

    private static void writeFloat(ByteWriter out, double value) {
        if ((float) value == value) {
            out.writeByte(FLOAT32);
            out.writeFloat32((float) value);
        } else {
            out.writeByte(FLOAT64);
            out.writeFloat64(value);
        }
    }

    /** JavaScript lists integer-like keys first, ascending, then the others as they were added. */
    private static void writeObject(ByteWriter out, Map<?, ?> object) {
        out.writeByte(OBJECT);
        out.writeVarUint(object.size());
        TreeMap<Long, Object> indexed = new TreeMap<>();
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            long index = arrayIndex((String) entry.getKey());
            if (index >= 0) {
                indexed.put(index, entry.getValue());
            }
        }
        indexed.forEach((index, value) -> {
            out.writeVarString(Long.toString(index));
            write(out, value);
        });
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            String key = (String) entry.getKey();
            if (indexed.isEmpty() || arrayIndex(key) < 0) {
                out.writeVarString(key);
                write(out, entry.getValue());
            }
        }
    }

    /** The number a key stands for when JavaScript would treat it as an array index, else -1. */
    private static long arrayIndex(String key) {
        int length = key.length();
        if (length == 0 || length > 10 || length > 1 && key.charAt(0) == '0') {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = key.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value < (1L << 32) - 1 ? value : -1;
    }
}
