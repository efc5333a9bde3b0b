package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.JsNumber;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns values into text as JavaScript's {@code String(value)} does. */
final class JsText {
    static final String OBJECT = "[object Object]";

    private JsText() {}

    static String of(Object value) {
        if (value instanceof Double number) {
            return JsNumber.print(number);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> element == null || element == AnyValue.UNDEFINED
                            ? "" : of(element))
                    .collect(Collectors.joining(","));
        }
        if (value instanceof byte[] bytes) {
            return ofBytes(bytes);
        }
        boolean object = value instanceof Map || value instanceof TypeNode
                || value instanceof Subdocument;
        return object ? OBJECT : String.valueOf(value);
    }

    private static String ofBytes(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(text.length() == 0 ? "" : ",").append(b & 0xFF);
        }
        return text.toString();
    }
}
