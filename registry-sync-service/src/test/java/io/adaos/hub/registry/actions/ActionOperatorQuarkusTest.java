package io.adaos.hub.registry.actions;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
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
    void requests_areCountedByRoute_notByPath() {
        // Given
        given().get("/v1/actions/metered/versions/1.0.0").then().statusCode(404);
        given().get("/actions/metered/versions/1.0.0/verify").then().statusCode(404);
        given().get("/actions/metered").then().statusCode(404);

        // a request is counted when its answer has left, which its client may outrun
        List<String> wanted = List.of(
                "route=\"/v1/actions/{name}/versions/{version}\",status=\"404\"",
                "route=\"/actions/{name}/versions/{version}/verify\",status=\"404\"",
                "route=\"other\",status=\"404\"",
                "action_registry_http_request_duration_seconds_count{method=\"GET\","
                        + "route=\"other\"");

        // When
        Response answer = await().atMost(PATIENCE).until(() -> given().get("/metrics"),
                scraped -> wanted.stream().allMatch(scraped.asString()::contains));

        // Then
        answer.then().statusCode(200).contentType(startsWith("text/plain; version=0.0.4"));
        String metrics = answer.asString();
        assertTrue(metrics.contains("action_registry_http_request_duration_seconds_count"));
        List<String> bounds = metrics.lines().filter(line -> line.startsWith(
                        "action_registry_http_request_duration_seconds_bucket{method=\"GET\","
                                + "route=\"other\""))
                .map(line -> line.replaceAll(".*le=\"([^\"]*)\".*", "$1")).toList();
        assertEquals(List.of("0.01", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "+Inf"),
                bounds);
        assertTrue(metrics.lines().filter(line -> line.startsWith("action_registry_"))
                .noneMatch(line -> line.contains("metered")));
        for (String name : List.of("publish", "verify_pass", "verify_fail")) {
            assertTrue(metrics.lines().anyMatch(line ->
                    line.startsWith("action_registry_" + name + "_total ")), name);
        }
    }

    @Test
    void document_isTheContracts_withoutNegotiation() {
        // When
        Response answer = given().accept("").get("/openapi.json");

        // Then
        answer.then().statusCode(200).contentType(containsString("json"))
                .body("openapi", startsWith("3.1"), "info.title", is("Action Registry API"),
                        "info.version", is("0.1.0"),
                        "paths['/actions'].get.summary", is("Discover Actions"),
                        "paths['/actions'].get.description", containsString("pagination controls"),
                        "components.schemas.PublishRequest.example.signature.alg", is("ed25519"),
                        "components.schemas.PublishRequest.properties.signature", notNullValue());
        JsonPath document = answer.jsonPath();
        document.setRootPath("");
        assertTrue(document.getMap("components.schemas").keySet().containsAll(List.of(
                "ActionItem", "ActionList", "ActionVersionResponse", "ActionVerifyResponse",
                "SignatureBlock", "PublishRequest", "ErrorDetails", "ErrorResponse")),
                document.getMap("components.schemas").keySet().toString());
        answer.then().body(
                "paths['/v1/actions'].get.operationId", is("listActions"),
                "paths['/v1/actions/{name}/versions/{version}'].get.operationId",
                is("getActionVersion"),
                "paths['/v1/actions/{name}/versions/{version}'].post.operationId",
                is("publishActionVersion"),
                "paths['/v1/actions/{name}/versions/{version}/verify'].get.operationId",
                is("verifyActionVersion"),
                "paths['/actions/{name}/versions/{version}'].get.summary",
                is("Fetch Versioned Action Schema"),
                "paths.keySet()", hasItems("/livez", "/readyz", "/healthz"));
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
