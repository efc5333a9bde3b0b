package io.adaos.hub.runtime.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    @Test
    void event_survivesTheWay() {
        // Given
        EventEnvelope<Map<String, String>> event = new EventEnvelope<>("1.0", "id-1", "source",
                "type.v1", "key", Instant.parse("2026-04-07T12:00:00Z"), EventEnvelope.JSON,
                "epoch", 7L, null, Map.of("some", "thing"));

        // When
        EventEnvelope<JsonNode> read = EventCodec.decode(EventCodec.encode(event));

        // Then
        assertEquals("thing", read.data().get("some").asText());
        assertEquals(7L, read.sequence());
        assertEquals(event.time(), read.time());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                            | not a CloudEvent
            null                                                         | specversion
            {}                                                           | specversion
            {"specversion":"0.3","id":"1","source":"s","type":"t"}       | specversion
            {"specversion":"1.0","source":"s","type":"t"}                | id is missing
            {"specversion":"1.0","id":"1","source":" ","type":"t"}       | source is missing
            {"specversion":"1.0","id":"1","source":"s"}                  | type is missing
            {"specversion":"1.0","id":"1","source":"s","type":"t","hubsequence":1}   | hubepoch
            {"specversion":"1.0","id":"1","source":"s","type":"t",%s}    | hubsequence
            """)
    void malformedEvent_endsItsRedelivery(String json, String said) {
        // When
        TermEventException refused = assertThrows(TermEventException.class,
                () -> EventCodec.decode(
                        json.replace("%s", "\"hubepoch\":\"e\",\"hubsequence\":0")
                                .getBytes(StandardCharsets.UTF_8)));

        // Then
        assertTrue(refused.getMessage().contains(said), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"service\":\"a\",\"epoch\":\"b\",\"sequence\":-1}"})
    void malformedHead_isRefused(String json) {
        // When
        TermEventException refused = assertThrows(TermEventException.class,
                () -> EventCodec.decodeHead(json.getBytes(StandardCharsets.UTF_8)));

        // Then
        assertTrue(refused.getMessage().contains("not a head"));
    }

    @Test
    void data_ofAnotherShape_isRefused() {
        // Given
        EventEnvelope<JsonNode> event = EventCodec.decode("""
                {"specversion":"1.0","id":"1","source":"s","type":"t","data":{"sequence":"x"}}"""
                .getBytes(StandardCharsets.UTF_8));

        // When
        TermEventException refused = assertThrows(TermEventException.class,
                () -> EventCodec.data(event, ServiceHead.class));

        // Then
        assertTrue(refused.getMessage().contains("event 1 of type t"));
    }
}
