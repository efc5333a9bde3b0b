package io.adaos.hub.registry.actions;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes, metrics and the document of the interface, as the contract has them. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class ActionOperatorQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/livez"})
    void process_thatAnswers_isWell(String path) {
        // When
        Response answer = given().get(path);

        // Then
        answer.then().statusCode(200).body("", is(Map.of("status", "ok")));
    }

    @Test
    void missingMigration_isNotReady_untilItIsThere() {
        // Given
        given().get("/readyz").then().statusCode(200).body("", is(Map.of("status", "ready")));
        run("UPDATE flyway_schema_history SET success = false WHERE version = '20'");

        // When
        Response answer = given().get("/readyz");

        // Then
        run("UPDATE flyway_schema_history SET success = true WHERE version = '20'");
        answer.then().statusCode(503).body("error.code", is("NOT_READY_MIGRATIONS"),
                "error.details.expected", notNullValue(),
                "error.details.current", hasItem("2"),
                "error.details.current", not(hasItem("20")));
        given().get("/readyz").then().statusCode(200);
    }

    @Test
    void missingBookkeeping_isNotReady() {
        // Given
        run("ALTER TABLE flyway_schema_history RENAME TO flyway_away");

        // When
        Response answer = given().get("/readyz");

        // Then
        run("ALTER TABLE flyway_away RENAME TO flyway_schema_history");
        answer.then().statusCode(503).body("error", aMapWithSize(3),
                "error.code", is("NOT_READY"), "error.details.reason", notNullValue());
        given().get("/readyz").then().statusCode(200);
    }

    @Test
    void operationIds_areThereOnce() {
        // Given
        Map<String, Map<String, Object>> paths =
                given().get("/openapi.json").jsonPath().getMap("paths");

        // When
        List<Object> ids = new ArrayList<>();
        paths.values().forEach(item -> item.values().stream()
                .filter(Map.class::isInstance)
                .map(operation -> ((Map<?, ?>) operation).get("operationId"))
                .filter(id -> id != null)
                .forEach(ids::add));

        // Then
        assertTrue(ids.size() >= 8, ids.toString());
        assertEquals(ids.size(), new HashSet<>(ids).size(), ids.toString());
    }

    @Test
    void request_aboutActions_isALineOfJson() {
        // Given
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger("hub.requests");
        Handler noted = new NotingHandler(lines);
        log.addHandler(noted);

        // When
        given().header("x-request-id", "line-1").get("/actions/lined/versions/1");

        // Then
        try {
            await().atMost(PATIENCE).until(() ->
                    lines.stream().anyMatch(line -> line.contains("line-1")));
        } finally {
            log.removeHandler(noted);
        }
        String line = lines.stream().filter(each -> each.contains("line-1")).findFirst()
                .orElseThrow();
        assertTrue(line.matches("\\{\"request_id\":\"line-1\",\"method\":\"GET\","
                + "\"path\":\"/actions/lined/versions/1\",\"status_code\":404,"
                + "\"latency_seconds\":[0-9]+[.][0-9]{6}}"), line);
    }

    @Test
    void configuredKeys_areInTheDetailsOfHealth() {
        // When
        Response answer = given().get("/v1/health");

        // Then
        answer.then().statusCode(200).body("trusted_keys.ok", is(true),
                "trusted_keys.count", is(3), "trusted_keys.faults", is(List.of()));
    }

    /** Keeps what is logged. */
    private static final class NotingHandler extends Handler {

        private final List<String> lines;

        NotingHandler(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        @Override
        public void flush() {
            lines.isEmpty();
        }

        @Override
        public void close() {
            lines.isEmpty();
        }
    }

    private void run(String sql) {
        pool.query(sql).execute().await().atMost(PATIENCE);
    }
}
