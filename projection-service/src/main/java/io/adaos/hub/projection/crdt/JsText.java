package io.adaos.hub.projection.crdt;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns values into text as JavaScript's {@code String(value)} does. */
final class JsText {
    static final String OBJECT = "[object Object]";

    /** Numbers from here on, and those below its inverse bound, are written with an exponent. */
    private static final double PLAIN_MAX = 1e21;
    private static final double PLAIN_MIN = 1e-6;

    private JsText() {}

    static String of(Object value) {
        if (value instanceof Double number) {
            return ofDouble(number);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> element == null ? "" : of(element))
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

    private static String ofDouble(double number) {
        if (Double.isNaN(number) || number == 0) {
            return Double.isNaN(number) ? "NaN" : "0";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (size < PLAIN_MAX && size >= PLAIN_MIN) {
            return digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = unscaled.length() - 1 - digits.scale();
        return (number < 0 ? "-" : "") + unscaled.charAt(0)
                + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "")
                + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
