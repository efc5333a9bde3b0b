package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the vectors write values that JSON does not have. */
public final class Portable {
    private Portable() {}

    /** A value of a document in the form the vectors expect, keys sorted. */
    public static Object of(Object value) {
        if (value == AnyValue.UNDEFINED) {
            return Map.of("$undefined", true);
        }
        if (value instanceof BigInteger number) {
            return Map.of("$bigint", number.toString());
        }
        if (value instanceof byte[] bytes) {
            return Map.of("$bytes", Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof Subdocument reference) {
            return Map.of("$doc", reference.guid());
        }
        if (value instanceof Double number) {
            return ofDouble(number);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(of(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new TreeMap<>();
            map.forEach((key, element) -> copy.put(key, of(element)));
            return copy;
        }
        return value;
    }

    private static Object ofDouble(double number) {
        if (number == 0) {
            return Map.of("$num", "-0");
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Map.of("$num", Double.isNaN(number) ? "NaN"
                    : number > 0 ? "Infinity" : "-Infinity");
        }
        return number;
    }

    /** A plain value from its form in the vectors. */
    public static Object toValue(Object portable) {
        if (portable instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(toValue(element)));
            return copy;
        }
        if (!(portable instanceof Map<?, ?> map)) {
            return portable;
        }
        if (map.containsKey("$undefined")) {
            return AnyValue.UNDEFINED;
        }
        if (map.containsKey("$bigint")) {
            return new BigInteger((String) map.get("$bigint"));
        }
        if (map.containsKey("$num")) {
            return Double.valueOf((String) map.get("$num"));
        }
        if (map.containsKey("$bytes")) {
            return Base64.getDecoder().decode((String) map.get("$bytes"));
        }
        if (map.containsKey("$doc")) {
            return new Subdocument((String) map.get("$doc"), optionsOf(map.get("options")));
        }
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, element) -> copy.put(key, toValue(element)));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> optionsOf(Object options) {
        return options == null ? Map.of() : (Map<String, Object>) options;
    }
}
