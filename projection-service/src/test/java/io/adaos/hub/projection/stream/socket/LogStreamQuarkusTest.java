package io.adaos.hub.projection.stream.socket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.projection.operationview.LogShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Log lines of an upstream, brought to who listens over a real socket. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class LogStreamQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    URI server;

    private final String operation = "op_" + UUID.randomUUID();
    private final String topic = "webio.stream.desktop.operations.log." + operation;

    @Test
    void log_isFollowedWhileSomebodyListens_toItsLastLine() {
        // Given
        LogShelf log = OperationsUpstream.get().logs();
        log.write(operation, "accepted by user:anna");
        EventTestClient reader = EventTestClient.open(server, TestKeys.ADMIN);

        // When
        reader.subscribe(topic);
        JsonNode first = event(reader, "accepted by user:anna");
        log.write(operation, "<b>second</b>");
        JsonNode second = event(reader, "<b>second</b>");
        log.status(operation, "succeeded");
        JsonNode last = reader.event(message -> message.path("kind").asText().equals(topic)
                && message.at("/payload/status").asText().equals("succeeded"));

        // Then
        assertEquals(1, first.at("/payload/next_after").asInt());
        assertEquals(operation, first.at("/payload/operation_id").asText());
        assertEquals("core:operations", first.path("source").asText());
        assertEquals(2, second.at("/payload/items/0/line").asInt());
        assertEquals(2, last.at("/payload/next_after").asInt());
        reader.close();
    }

    @Test
    void log_nobodyListensAnyMore_isAskedForNoMore() {
        // Given
        LogShelf log = OperationsUpstream.get().logs();
        log.write(operation, "one");
        EventTestClient reader = EventTestClient.open(server, TestKeys.ADMIN).subscribe(topic);
        event(reader, "one");

        // When
        reader.ask("bye", "\"type\":\"unsubscribe\",\"topics\":[\"" + topic + "\"]");
        EventTestClient other = EventTestClient.open(server, TestKeys.ADMIN)
                .subscribe(topic + "x");
        await().atMost(PATIENCE).until(() -> log.asked(operation + "x") >= 1);
        int asked = log.asked(operation);
        for (int line = 1; line <= 5; line++) {
            int turn = line + 1;
            log.write(operation, "again");
            log.write(operation + "x", "again");
            await().atMost(PATIENCE).until(() -> log.asked(operation + "x") >= turn);
        }

        // Then
        assertTrue(log.asked(operation) <= asked + 1,
                "one question may still have been under way");
        reader.close();
        other.close();
    }

    @Test
    void log_withoutTheScope_isRefused_andOpenTopicsDoNotCarryIt() {
        // Given
        LogShelf log = OperationsUpstream.get().logs();
        EventTestClient reader = EventTestClient.open(server, TestKeys.READER);
        EventTestClient everything = EventTestClient.open(server, TestKeys.READER)
                .subscribe("webio.stream.desktop.*");
        EventTestClient allowed = EventTestClient.open(server, TestKeys.ADMIN).subscribe(topic);

        // When
        JsonNode refused = reader.ask("1",
                "\"type\":\"subscribe\",\"topics\":[\"" + topic + "\"]");
        JsonNode open = allowed.ask("2", "\"type\":\"subscribe\","
                + "\"topics\":[\"webio.stream.desktop.operations.log.*\"]");
        log.write(operation, "secret");
        event(allowed, "secret");
        everything.ask("3", "\"type\":\"ping\"");

        // Then
        assertEquals("forbidden", refused.path("error").asText());
        assertTrue(refused.path("detail").asText().contains("operations:read"),
                refused.toString());
        assertEquals("topic_invalid", open.path("error").asText());
        assertEquals(List.of(), everything.payloads(topic));
        assertFalse(reader.payloads(topic).iterator().hasNext());
        reader.close();
        everything.close();
        allowed.close();
    }

    private JsonNode event(EventTestClient reader, String line) {
        return reader.event(message -> message.path("kind").asText().equals(topic)
                && message.at("/payload/items/0/message").asText().equals(line));
    }
}
