package io.adaos.hub.projection.crdt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @Test
    void parse_everyKindOfValue_givesPlainValues() throws JsonText.JsonSyntaxException {
        // When
        Object value = JsonText.parse(
                " {\"a\":[1,-2.5,1e3,true,false,null],\"b\\n\\u00e9\":\"\\ud83d\\ude00\"} ", 8);

        // Then
        assertEquals(List.of("a", "b\n\u00e9"), List.copyOf(((Map<?, ?>) value).keySet()));
        List<?> list = (List<?>) ((Map<?, ?>) value).get("a");
        assertEquals(List.of(1L, -2.5, 1000L, true, false), list.subList(0, 5));
        assertNull(list.get(5));
        assertEquals("\uD83D\uDE00", ((Map<?, ?>) value).get("b\n\u00e9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{nope}", "[1,]", "01", "1.", "-", "\"a", "\"\\x\"", "tru",
        "\"\u0001\"", "1 2", "+1", ".5", "\"\\u12g4\"", "{\"a\" 1}", "NaN", "[[[[[[[[[1]]]]]]]]]"})
    void parse_notJsonOrTooDeep_isRefused(String text) {
        assertThrows(JsonText.JsonSyntaxException.class, () -> JsonText.parse(text, 8));
    }
}
