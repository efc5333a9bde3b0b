package io.adaos.hub.projection.crdt.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plain values of a shared document, as Java values.
 *
 * <p>null, Boolean, Long (integers up to 2^53-1), Double (all other numbers and -0), BigInteger
 * (JavaScript bigint, 64 bits), String, byte[], List, Map with String keys, and
 * {@link #UNDEFINED}.
 */
public final class AnyValue {
    /** JavaScript's undefined, which is not null. */
    public static final Object UNDEFINED = new Object() {
        @Override
        public String toString() {
            return "undefined";
        }
    };

    private AnyValue() {}

    /**
     * A deep, unmodifiable copy in which every number has its one form.
     *
     * @throws IllegalArgumentException for a value a shared document cannot hold
     */
    public static Object copyOf(Object value) {
        return copyOf(value, DecodeLimits.DEFAULT.depthMax());
    }

    /** The text with U+FFFD for every half of a surrogate pair: what other replicas will read. */
    public static String wellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaceHalves(text);
            }
        }
        return text;
    }

    private static String replaceHalves(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> whole.appendCodePoint(
                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? 0xFFFD : point));
        return whole.toString();
    }

    private static Object copyOf(Object value, int depthLeft) {
        if (value instanceof String text) {
            return wellFormed(text);
        }
        if (value == null || value instanceof Boolean
                || value instanceof BigInteger || value == UNDEFINED) {
            return value;
        }
        if (value instanceof Number number) {
            return numberOf(number);
        }
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (depthLeft == 0) {
            throw new IllegalArgumentException("value is nested too deeply");
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(copyOf(element, depthLeft - 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            return copyOfMap(map, depthLeft);
        }
        throw new IllegalArgumentException(
                "a shared document cannot hold a " + value.getClass().getName());
    }

    private static Object copyOfMap(Map<?, ?> map, int depthLeft) {
        Map<String, Object> copy = new LinkedHashMap<>();
        JsKeys.inOrder(keyed(map)).forEach((key, value) ->
                copy.put(wellFormed(key), copyOf(value, depthLeft - 1)));
        return Collections.unmodifiableMap(copy);
    }

    /** The map, all keys of which are strings. */
    @SuppressWarnings("unchecked")
    static Map<String, ?> keyed(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                throw new IllegalArgumentException("object keys are strings: " + key);
            }
        }
        return (Map<String, ?>) map;
    }

    private static Number numberOf(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return numberOf(number.doubleValue());
        }
        if (number instanceof Long || number instanceof Integer || number instanceof Short
                || number instanceof Byte) {
            long value = number.longValue();
            if (value > ByteReader.INTEGER_MAX || value < -ByteReader.INTEGER_MAX) {
                throw new IllegalArgumentException(
                        value + " is no exact JavaScript number, use a BigInteger");
            }
            return value;
        }
        throw new IllegalArgumentException("a shared document cannot hold a "
                + number.getClass().getName());
    }

    /** Integers up to 2^53-1 as Long, everything else and -0 as Double. */
    static Number numberOf(double value) {
        long integer = (long) value;
        boolean exact = integer == value && Math.abs(value) <= ByteReader.INTEGER_MAX
                && !(integer == 0 && 1 / value < 0);
        if (exact) {
            return integer;
        }
        return value;
    }
}
