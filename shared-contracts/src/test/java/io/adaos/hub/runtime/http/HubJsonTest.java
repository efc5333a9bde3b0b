package io.adaos.hub.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubJsonTest {

    /** A record as services have them. */
    record Sample(String someText, int someNumber, Instant someTime, Map<String, Object> someMap) {
    }

    @Test
    void record_isWrittenInItsOwnOrder() throws JsonProcessingException {
        // Given
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", null);

        // When
        String json = HubJson.mapper().writeValueAsString(
                new Sample("x", 1, Instant.parse("2026-04-07T12:00:00.5Z"), map));

        // Then
        assertEquals("{\"some_text\":\"x\",\"some_number\":1,"
                + "\"some_time\":\"2026-04-07T12:00:00.500Z\",\"some_map\":{\"z\":1,\"a\":null}}",
                json);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"some_number\":\"1\"}", "{\"some_number\":true}", "{} {}", "{\"some_number\":1.5}",
        "{\"some_time\":\"yesterday\"}", "[]"
    })
    void wrongShape_isRefused(String json) {
        // When
        JsonProcessingException refused = assertThrows(JsonProcessingException.class,
                () -> HubJson.mapper().readValue(json, Sample.class));

        // Then
        assertNotEquals("", refused.getOriginalMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null            | "a"     | false
            "a"             | "a"     | true
            W/"a"           | "a"     | true
            "a"             | W/"a"   | true
            "b", W/"a"      | W/"a"   | true
            "b"             | "a"     | false
            *               | "a"     | true
            """)
    void ifNoneMatch_comparesWeakly(String header, String etag, boolean same) {
        // When
        boolean answer = Etags.matches(header, etag);

        // Then
        assertEquals(same, answer);
    }

    @Test
    void etags_differWithTheirParts() {
        // When
        String first = Etags.weakOf("epoch", 12);
        String second = Etags.weakOf("epoch1", 2);

        // Then
        assertNotEquals(first, second);
        assertEquals(first, Etags.weakOf("epoch", 12L));
        assertEquals(Etags.strongOf(new byte[0]),
                Etags.strongOf("".getBytes(StandardCharsets.UTF_8)));
    }
}
