package io.adaos.hub.projection.stream.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.runtime.http.HubJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One answer of {@code GET /v1/operations/{id}/log}.
 *
 * @param items lines as they came
 * @param nextAfter number of the last line
 * @param dropped lines that were not kept
 */
record LogAnswer(String operation, String status, List<JsonNode> items, long nextAfter,
        long dropped) {

    LogAnswer {
        items = List.copyOf(items);
    }

    /**
     * Reads an answer.
     *
     * @throws IllegalArgumentException when it is none
     */
    static LogAnswer read(String operation, JsonNode body) {
        String status = body.path("status").asText();
        OperationStatus.of(status);
        List<JsonNode> items = new ArrayList<>();
        body.path("items").forEach(items::add);
        return new LogAnswer(operation, status, items, body.path("next_after").asLong(),
                body.path("dropped").asLong());
    }

    boolean hasEnded() {
        return OperationStatus.of(status).isTerminal();
    }

    /**
     * What listeners are told: payloads that each hold lines of at most so many bytes of JSON, or
     * one larger line alone; one without lines when there are none.
     */
    List<Map<String, Object>> batches(int bytesMax) {
        List<Map<String, Object>> batches = new ArrayList<>();
        List<JsonNode> batch = new ArrayList<>();
        int bytes = 0;
        for (JsonNode line : items) {
            int size = line.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes + size > bytesMax && !batch.isEmpty()) {
                batches.add(payload(batch, lineOf(batch)));
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(line);
            bytes += size;
        }
        batches.add(payload(batch, nextAfter));
        return batches;
    }

    private static long lineOf(List<JsonNode> batch) {
        return batch.get(batch.size() - 1).path("line").asLong();
    }

    private Map<String, Object> payload(List<JsonNode> lines, long upTo) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("operation_id", operation);
        payload.put("items", HubJson.mapper().createArrayNode().addAll(lines));
        payload.put("next_after", upTo);
        payload.put("dropped", dropped);
        payload.put("status", status);
        return payload;
    }
}
