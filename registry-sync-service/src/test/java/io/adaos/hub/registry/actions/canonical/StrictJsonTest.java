package io.adaos.hub.registry.actions.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static final JsonLimits NARROW = new JsonLimits(4, 12, 8, 10);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":1,\"a\":1} | /a | name_duplicate",
        "{\"a\":{\"b/c\":[0,{\"d~\":1,\"d~\":2}]}} | /a/b~1c/1/d~0 | name_duplicate",
        "{\"a\":1,\"\\u0061\":2} | /a | name_duplicate",
        "{\"a\":[\"\\ud800\"]} | /a/0 | surrogate_lone",
        "{\"a\":\"\\udc00\\ud800\"} | /a | surrogate_lone",
        "{\"a\":\"x\\ud800y\"} | /a | surrogate_lone",
        "{\"\\ud800\":1} | /\ufffd | surrogate_lone",
        "{\"a\":NaN} | /a | json_malformed",
        "{\"a\":[1,-Infinity]} | /a/1 | json_malformed",
        "{\"a\":[1,1e999]} | /a/1 | number_not_finite",
        "{\"a\":-1e400} | /a | number_not_finite",
        "{\"n\":123456789} | /n | number_too_long",
        "{\"n\":1.2345678} | /n | number_too_long",
        "[[[[[]]]]] | /0/0/0/0 | too_deep",
        "[[[{\"a\":{}}]]] | /0/0/0/a | too_deep",
        "[0,1,2,3,4,5,6,7,8,9,0,1] | /11 | too_many_values",
        "{\"abcdefghijk\":1} | /abcdefghijk | name_too_long",
        "{\"a\":01} | /a | json_malformed",
        "{\"a\":+1} | /a | json_malformed",
        "{\"a\":1.} | /a | json_malformed",
        "{\"a\":'b'} | /a | json_malformed",
        "{\"a\":1,} | /a | json_malformed",
        "{\"a\":1 | /a | json_malformed",
        "{a:1} | `` | json_malformed",
        "{} {} | `` | json_malformed",
        "/* */{} | `` | json_malformed",
        "`` | `` | json_malformed"
    })
    void fault_isRefused_withItsPlace(String json, String path, String code) {
        // When
        MalformedJsonException refused = assertThrows(MalformedJsonException.class, () ->
                StrictJson.read(json.getBytes(StandardCharsets.UTF_8), NARROW));

        // Then
        assertEquals(code, refused.code(), refused.getMessage());
        assertEquals(path, refused.path());
    }

    /** Cut off, overlong, a surrogate in three bytes, a pair of those, UTF-16, Latin-1. */
    @ParameterizedTest
    @ValueSource(strings = {"22c322", "22c0af22", "22eda08022", "22eda0bdedb88022", "feff007b007d",
        "22e922"})
    void bytes_thatAreNotUtf8_areRefused(String hex) {
        // When
        MalformedJsonException refused = assertThrows(MalformedJsonException.class, () ->
                StrictJson.read(HexFormat.of().parseHex(hex), NARROW));

        // Then
        assertEquals("utf8_malformed", refused.code());
        assertEquals("", refused.path());
    }

    @Test
    void limits_areMet_notPassed() throws MalformedJsonException {
        // When
        String longest = read("[[[[12345678]]]]");
        String widest = read("[0,1,2,3,4,5,6,7,8,9,0]");

        // Then
        assertEquals("[[[[12345678]]]]", longest);
        assertEquals("[0,1,2,3,4,5,6,7,8,9,0]", widest);
    }

    /** Whoever nests without end costs no stack. */
    @Test
    void depth_ofAnySize_isNoRecursion() throws MalformedJsonException {
        // Given
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        JsonLimits wide = new JsonLimits(100_000, 100_000, 10, 10);

        // When
        String canonical = CanonicalForm.text(
                StrictJson.read(deep.getBytes(StandardCharsets.UTF_8), wide));

        // Then
        assertEquals(deep, canonical);
    }

    @Test
    void pointer_isBounded() {
        // Given
        String name = "n".repeat(400);
        String json = "{\"" + name + "\":{\"" + name + "\":[NaN]}}";

        // When
        MalformedJsonException refused = assertThrows(MalformedJsonException.class, () ->
                StrictJson.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));

        // Then
        assertEquals(501, refused.path().length());
        assertTrue(refused.path().endsWith("n…"));
    }

    private static String read(String json) throws MalformedJsonException {
        return CanonicalForm.text(
                StrictJson.read(json.getBytes(StandardCharsets.UTF_8), NARROW));
    }
}
