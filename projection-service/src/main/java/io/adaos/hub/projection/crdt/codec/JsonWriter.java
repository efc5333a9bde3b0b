package io.adaos.hub.projection.crdt.codec;

import java.util.List;
import java.util.Map;

/** Plain values to JSON text, character for character as JavaScript writes it. */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    /**
     * The JSON text of a value.
     *
     * @param depthMax nesting of lists and maps
     * @throws IllegalArgumentException for what JSON does not have: numbers that are not finite,
     *     bytes, big integers, undefined; and for a value that is nested too deeply
     */
    public static String write(Object value, int depthMax) {
        JsonWriter writer = new JsonWriter();
        writer.append(value, depthMax);
        return writer.out.toString();
    }

    private void append(Object value, int depthLeft) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String text) {
            appendString(text);
        } else if (value instanceof Number number) {
            appendNumber(number);
        } else if (depthLeft == 0) {
            throw new IllegalArgumentException("value is nested too deeply");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                append(element, depthLeft - 1);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Map<?, ?> map) {
            appendObject(map, depthLeft);
        } else {
            throw new IllegalArgumentException(
                    "JSON cannot hold a " + value.getClass().getName());
        }
    }

    private void appendNumber(Number number) {
        Object value = AnyValue.copyOf(number);
        if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double real && Double.isFinite(real)) {
            out.append(JsNumber.print(real));
        } else {
            throw new IllegalArgumentException("JSON cannot hold the number " + number);
        }
    }

    private void appendObject(Map<?, ?> map, int depthLeft) {
        String separator = "{";
        for (Map.Entry<String, ?> entry : JsKeys.inOrder(AnyValue.keyed(map)).entrySet()) {
            out.append(separator);
            appendString(entry.getKey());
            out.append(':');
            append(entry.getValue(), depthLeft - 1);
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void appendString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (unit < ' ' || isHalf(text, i)) {
                        out.append(String.format("\\u%04x", (int) unit));
                    } else {
                        out.append(unit);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Whether the unit is a surrogate without its partner. */
    private static boolean isHalf(String text, int index) {
        char unit = text.charAt(index);
        if (Character.isHighSurrogate(unit)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(unit)
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
