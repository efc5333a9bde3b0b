package io.adaos.hub.projection.crdt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static final int DEPTH = 3;

    private static String json(Object value) {
        return JsonWriter.write(value, DEPTH);
    }

    @Test
    void write_numbers_asJavaScriptWritesThem() {
        // Given
        Map<Double, String> expected = Map.ofEntries(
                Map.entry(5e-324, "5e-324"), Map.entry(2e23, "2e+23"),
                Map.entry(1e21, "1e+21"), Map.entry(1.5e-7, "1.5e-7"),
                Map.entry(0.000001, "0.000001"), Map.entry(-0.0, "0"), Map.entry(5.0, "5"),
                Map.entry(123456789012345680000.0, "123456789012345680000"),
                Map.entry(0.1 + 0.2, "0.30000000000000004"),
                Map.entry(Math.pow(2, -44), "5.684341886080802e-14"),
                Map.entry(Double.MAX_VALUE, "1.7976931348623157e+308"));

        // Then
        expected.forEach((number, text) -> assertEquals(text, json(number)));
        assertEquals("[1,-9007199254740991]", json(Arrays.asList(1, -9007199254740991L)));
    }

    @Test
    void write_stringsAndObjects_asJavaScriptWritesThem() {
        // Given
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("b", null);
        object.put("10", true);
        object.put("01", List.of());
        object.put("2", Map.of());
        object.put("4294967295", "\u2028\uD83D\uDE00");

        // Then
        assertEquals("{\"2\":{},\"10\":true,\"b\":null,\"01\":[],"
                + "\"4294967295\":\"\u2028\uD83D\uDE00\"}", json(object));
        assertEquals("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\"", json("\"\\/\b\f\n\r\t\u0001"));
        assertEquals("\"\\udc00a\\ud83d\"", json("\uDC00a\uD83D"));
    }

    @Test
    void write_whatJsonDoesNotHave_isRefused() {
        // Given
        Object tooDeep = List.of(List.of(List.of(List.of())));

        // Then
        for (Object value : List.of(Double.NaN, Double.POSITIVE_INFINITY, BigInteger.ONE,
                new byte[0], AnyValue.UNDEFINED, tooDeep, Map.of(1, 1))) {
            assertThrows(IllegalArgumentException.class, () -> json(value));
        }
        assertEquals("[[[]]]", json(List.of(List.of(List.of()))));
    }
}
