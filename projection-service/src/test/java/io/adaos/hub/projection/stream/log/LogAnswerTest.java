package io.adaos.hub.projection.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.runtime.http.HubJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogAnswerTest {

    @Test
    void batches_manyLines_areSplitBySizeAndNameTheirLast() {
        // Given
        LogAnswer answer = answer("running", IntStream.rangeClosed(1, 50)
                .mapToObj(n -> "{\"line\":" + n + ",\"message\":\"" + "ж".repeat(50) + "\"}")
                .collect(Collectors.joining(",")), 50);

        // When
        List<Map<String, Object>> batches = answer.batches(1_000);

        // Then
        assertTrue(batches.size() > 5, String.valueOf(batches.size()));
        assertEquals(50L, batches.get(batches.size() - 1).get("next_after"));
        assertEquals(50, batches.stream()
                .mapToInt(batch -> ((JsonNode) batch.get("items")).size()).sum());
        for (Map<String, Object> batch : batches) {
            JsonNode items = (JsonNode) batch.get("items");
            assertTrue(items.toString().getBytes(StandardCharsets.UTF_8).length <= 1_002);
            assertEquals(items.get(items.size() - 1).path("line").asLong(),
                    batch.get("next_after"));
            assertEquals("op_1", batch.get("operation_id"));
            assertEquals("running", batch.get("status"));
        }
    }

    @Test
    void batches_oneLineAboveTheBound_standsAlone() {
        // When
        List<Map<String, Object>> batches = answer("running",
                "{\"line\":1},{\"line\":2,\"message\":\"" + "x".repeat(99) + "\"},{\"line\":3}", 3)
                .batches(50);

        // Then
        assertEquals(List.of(1L, 2L, 3L),
                batches.stream().map(batch -> batch.get("next_after")).toList());
    }

    @Test
    void batches_noLines_areOneThatTellsTheStatus() {
        // When
        LogAnswer answer = answer("succeeded", "", 7);

        // Then
        assertTrue(answer.hasEnded());
        assertEquals(1, answer.batches(1_000).size());
        assertEquals("succeeded", answer.batches(1_000).get(0).get("status"));
        assertEquals(7L, answer.batches(1_000).get(0).get("next_after"));
    }

    @Test
    void read_whatIsNoLog_isRefused() {
        // Then
        assertThrows(IllegalArgumentException.class,
                () -> LogAnswer.read("op_1", parse("{\"status\":\"<b>\"}")));
        assertThrows(IllegalArgumentException.class, () -> LogAnswer.read("op_1", parse("[]")));
        assertFalse(answer("waiting_input", "", 0).hasEnded());
    }

    private static LogAnswer answer(String status, String items, long nextAfter) {
        return LogAnswer.read("op_1", parse("{\"operation_id\":\"op_1\",\"status\":\"" + status
                + "\",\"items\":[" + items + "],\"next_after\":" + nextAfter + ",\"dropped\":0}"));
    }

    private static JsonNode parse(String json) {
        try {
            return HubJson.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
