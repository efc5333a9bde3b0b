package io.adaos.hub.operations.intake;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.operations.testing.RegistryTestResource;
import io.adaos.hub.operations.testing.TestRegistry;
import io.adaos.hub.runtime.archive.ContentDigest;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(RegistryTestResource.class)
class OperationQuarkusTest {

    private static final Duration SOON = Duration.ofSeconds(12);

    @AfterEach
    void registryBehavesAgain() {
        RegistryTestResource.registry().breakWith(0);
        RegistryTestResource.registry().holdBlobs(new CountDownLatch(0));
    }

    @Test
    void install_ofAPublishedSkill_endsInstalledWithEverythingRecorded() throws IOException {
        // Given
        String name = fresh("weather");
        String digest = registry().publish("skill", name, "1.0.0");

        // When
        JsonPath accepted = install("skill", name).then().statusCode(202)
                .header("Location", matchesPattern(".*/v1/operations/op_.*"))
                .body("joined", equalTo(false))
                .body("operation.status", equalTo("accepted"))
                .body("operation.scope", equalTo(
                        List.of("global", "skill.install", "skill:" + name)))
                .body("operation.initiator.id", equalTo("runner"))
                .extract().jsonPath();

        // Then
        JsonPath ended = ended(accepted.getString("operation_id"));
        assertEquals("succeeded", ended.getString("status"), ended::prettify);
        assertEquals(100, ended.getInt("progress"));
        assertEquals("record", ended.getString("current_step"));
        assertEquals("1.0.0", ended.getString("result.version"));
        Path link = RegistryTestResource.workspace().resolve("skills").resolve(name);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(digest, link.toRealPath().getFileName().toString());
        assertEquals(digest, ContentDigest.ofDirectory(link.toRealPath()));
        read("/v1/installed?node_id=hub").then().statusCode(200)
                .body("items.findAll { it.id == '" + name + "' }.content_digest",
                        equalTo(List.of(digest)))
                .body("items.findAll { it.id == '" + name + "' }.status",
                        equalTo(List.of("installed")));
        read("/v1/notifications?webspace_id=desktop").then().statusCode(200)
                .body("items.findAll { it.target_id == '" + name + "' }.message",
                        equalTo(List.of("Skill " + name + " installed")))
                .body("items.findAll { it.target_id == '" + name + "' }.level",
                        equalTo(List.of("success")));
    }

    @Test
    void scenario_installedThenNewVersion_linkMovesAndRevisionRises() throws IOException {
        // Given
        String name = fresh("morning");
        registry().publish("scenario", name, "1.0.0");
        assertEquals("succeeded", ended(installed("scenario", name)).getString("status"));
        String newer = registry().publish("scenario", name, "2.0.0");

        // When
        JsonPath ended = ended(installed("scenario", name));

        // Then
        assertEquals("succeeded", ended.getString("status"), ended::prettify);
        Path link = RegistryTestResource.workspace().resolve("scenarios").resolve(name);
        assertEquals(newer, link.toRealPath().getFileName().toString());
        read("/v1/installed").then()
                .body("items.findAll { it.id == '" + name + "' }.revision", equalTo(List.of(2)))
                .body("items.findAll { it.id == '" + name + "' }.version",
                        equalTo(List.of("2.0.0")));
    }

    @Test
    void hundredIdenticalRequests_atOnce_areOneOperation() {
        // Given
        String name = fresh("popular");
        registry().publish("skill", name, "1.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);

        // When
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> install("skill", name)));
        }
        List<Response> all = answers.stream().map(CompletableFuture::join).toList();
        held.countDown();

        // Then
        assertTrue(all.stream().allMatch(answer -> answer.statusCode() == 202));
        Set<String> ids = all.stream().map(answer -> answer.jsonPath().getString("operation_id"))
                .collect(Collectors.toSet());
        assertEquals(1, ids.size());
        assertEquals(1, all.stream()
                .filter(answer -> !answer.jsonPath().getBoolean("joined")).count());
        assertEquals("succeeded", ended(ids.iterator().next()).getString("status"));
    }

    @Test
    void otherVersionOfABusyTarget_isRefusedNamingTheHolder_orQueuedWhenAsked() {
        // Given
        String name = fresh("busy");
        registry().publish("skill", name, "1.0.0");
        registry().publish("skill", name, "2.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);
        String holder = started("skill", name, "1.0.0", null);

        // When
        Response refused = post(body("skill", name, "2.0.0", null), null);
        Response queued = post(body("skill", name, "2.0.0", true), null);
        held.countDown();

        // Then
        refused.then().statusCode(409).contentType("application/problem+json")
                .body("code", equalTo("target_busy"))
                .body("holder.operation_id", equalTo(holder))
                .header("Retry-After", notNullValue());
        queued.then().statusCode(202).body("status", equalTo("queued"));
        assertEquals("succeeded", ended(holder).getString("status"));
        JsonPath second = ended(queued.jsonPath().getString("operation_id"));
        assertEquals("succeeded", second.getString("status"), second::prettify);
        read("/v1/installed").then().body(
                "items.findAll { it.id == '" + name + "' }.version", equalTo(List.of("2.0.0")));
    }

    @Test
    void idempotencyKey_sameBody_sameOperation_otherBody_refused() {
        // Given
        String name = fresh("keyed");
        registry().publish("skill", name, "1.0.0");
        registry().publish("skill", name, "1.1.0");
        String key = UUID.randomUUID().toString();
        String first = post(body("skill", name, null, null), key).then().statusCode(202)
                .extract().jsonPath().getString("operation_id");
        ended(first);

        // When
        Response same = post(body("skill", name, null, null), key);
        Response other = post(body("skill", name, "1.1.0", null), key);

        // Then: the key is compared before the target, which is free again
        same.then().statusCode(202).body("operation_id", equalTo(first))
                .body("operation.status", equalTo("succeeded"));
        other.then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
    }

    @Test
    void cancel_whileFetching_endsCancelledAndLeavesNothing() throws IOException {
        // Given
        String name = fresh("slow");
        registry().publish("skill", name, "1.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);
        String id = started("skill", name, null, null);
        await().atMost(SOON).until(() -> "fetch".equals(
                read("/v1/operations/" + id).jsonPath().getString("current_step")));

        // When
        Response cancelled = authorized().post("/v1/operations/" + id + "/cancel");
        held.countDown();

        // Then
        cancelled.then().statusCode(202)
                .body("outcome", equalTo("cancelled"))
                .body("operation.can_retry", equalTo(true))
                .body("operation.error.type", equalTo("operation_cancelled"));
        authorized().post("/v1/operations/" + id + "/cancel").then().statusCode(409)
                .body("code", equalTo("operation_not_active"));
        assertFalse(Files.exists(RegistryTestResource.workspace().resolve("skills/" + name)));
        assertEquals(List.of(), temporaryFilesOf(id));
        read("/v1/notifications").then().body(
                "items.findAll { it.target_id == '" + name + "' }.level",
                equalTo(List.of("warning")));
    }

    @Test
    void retry_ofACancelledOperation_isOneLinkedOperationHoweverOftenSent() {
        // Given
        String name = fresh("again");
        registry().publish("skill", name, "1.0.0");
        CountDownLatch held = new CountDownLatch(1);
        registry().holdBlobs(held);
        String id = started("skill", name, null, null);
        authorized().post("/v1/operations/" + id + "/cancel").then().statusCode(202);
        held.countDown();

        // When
        Response first = authorized().post("/v1/operations/" + id + "/retry");
        Response second = authorized().post("/v1/operations/" + id + "/retry");

        // Then
        first.then().statusCode(202)
                .body("operation.retry_of", equalTo(id))
                .body("operation.attempt", equalTo(2));
        second.then().statusCode(202)
                .body("operation_id", equalTo(first.jsonPath().getString("operation_id")));
        JsonPath ended = ended(first.jsonPath().getString("operation_id"));
        assertEquals("succeeded", ended.getString("status"));
        read("/v1/operations/" + id).then().body("can_retry", equalTo(false));
        authorized().post("/v1/operations/" + ended.getString("operation_id") + "/retry").then()
                .statusCode(409).body("code", equalTo("operation_not_retryable"));
    }

    @Test
    void unknownArtifact_isRefusedAtOnceAndNothingIsAccepted() {
        // Given
        String name = fresh("nobody");

        // When
        Response answer = install("skill", name);

        // Then
        answer.then().statusCode(404).contentType("application/problem+json")
                .body("code", equalTo("artifact_not_found"))
                .body("remedy", notNullValue())
                .body("correlation_id", notNullValue());
        nothingAcceptedFor(name);
    }

    @Test
    void registryAway_operationIsAcceptedAndSucceedsWhenItIsBack() {
        // Given
        String name = fresh("patient");
        registry().publish("skill", name, "1.0.0");
        registry().breakWith(503);
        String id = installed("skill", name);
        await().atMost(SOON).until(() -> read("/v1/operations/" + id).jsonPath()
                .getString("message").contains("trying again"));

        // When
        registry().breakWith(0);

        // Then
        assertEquals("succeeded", ended(id).getString("status"));
    }

    @Test
    void registryAwayForGood_operationFailsByItsDeadlineWithARemedy() {
        // Given
        String name = fresh("hopeless");
        registry().breakWith(503);

        // When
        JsonPath ended = ended(installed("skill", name));

        // Then
        assertEquals("failed", ended.getString("status"));
        assertEquals("registry_unavailable", ended.getString("error.type"));
        assertTrue(ended.getBoolean("error.retryable"));
        assertTrue(ended.getBoolean("can_retry"));
    }

    @Test
    void manyFaults_areAllNamedAndNothingIsAccepted() {
        // Given
        Map<String, Object> body = Map.of("kind", "skill.fly", "target_id", "../../etc",
                "version", "newest", "webspace_id", "a b", "node_id", "!", "params",
                Map.of("force", true));

        // When
        Response answer = post(body, null);

        // Then
        answer.then().statusCode(400).contentType("application/problem+json")
                .body("code", equalTo("request_invalid"))
                .body("errors.path", hasItems("/kind", "/target_kind", "/target_id", "/version",
                        "/webspace_id", "/node_id"))
                .body("errors.remedy", hasSize(6));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"kind\":\"skill.fly\",\"target_kind\":\"skill\",\"target_id\":\"x\"}"
                + " | 422 | operation_kind_unknown",
        "{\"kind\":\"skill.install\",\"target_kind\":\"scenario\",\"target_id\":\"x\"}"
                + " | 400 | request_invalid",
        "{\"kind\":\"skill.install\",\"target_kind\":\"skill\",\"target_id\":\"x\","
                + "\"params\":{\"a\":1}} | 400 | request_invalid",
        "{\"kind\":\"skill.install\",\"target_kind\":\"skill\",\"target_id\":\"x\","
                + "\"node_id\":\"other\"} | 400 | request_invalid",
        "{\"kind\":7,\"target_kind\":\"skill\"} | 400 | request_invalid",
        "{\"kind\": | 400 | body_invalid",
        "[] | 400 | body_invalid",
        "null | 400 | body_invalid"})
    void badBody_isRefusedByItsCode(String body, int status, String code) {
        // Given
        int before = operationCount();

        // When
        Response answer = authorized().contentType(ContentType.JSON).body(body)
                .post("/v1/operations");

        // Then
        answer.then().statusCode(status).contentType("application/problem+json")
                .body("code", equalTo(code));
        assertEquals(before, operationCount());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"POST, /v1/operations", "POST, /v1/operations/op_x/cancel",
        "POST, /v1/operations/op_x/retry", "GET, /v1/operations", "GET, /v1/operations/op_x",
        "GET, /v1/installed", "GET, /v1/notifications"})
    void noCredential_401_wrongScope_403(String method, String path) {
        // Given
        String body = "{\"kind\":\"skill.install\",\"target_kind\":\"skill\",\"target_id\":\"x\"}";

        // When
        Response anonymous = given().contentType(ContentType.JSON).body(body)
                .request(method, path);
        Response nobody = given().header("Authorization", "Bearer " + TestKeys.NOBODY)
                .contentType(ContentType.JSON).body(body).request(method, path);

        // Then
        anonymous.then().statusCode(401).body("code", equalTo("unauthenticated"));
        nobody.then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @ParameterizedTest
    @CsvSource({"op_unknown", "nonsense", "op_%2e%2e"})
    void unknownOperation_isNotFoundEverywhere(String id) {
        // Given
        String path = "/v1/operations/" + id;

        // When
        List<Response> answers = List.of(read(path), authorized().post(path + "/cancel"),
                authorized().post(path + "/retry"));

        // Then
        for (Response answer : answers) {
            answer.then().statusCode(404).body("code", equalTo("operation_not_found"));
        }
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=501, limit", "limit=x, limit", "cursor=-1, cursor",
        "status=odd, status", "webspace_id=a%20b, webspace_id"})
    void badQuery_namesTheParameter(String query, String path) {
        // Given
        String address = "/v1/operations?" + query;

        // When
        Response answer = read(address);

        // Then
        answer.then().statusCode(400).body("code", equalTo("request_invalid"))
                .body("errors.path", hasItem(path));
    }

    @Test
    void list_inPages_hasEveryOperationOnce() {
        // Given
        String webspace = fresh("space").replace('.', '_');
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = fresh("page");
            registry().publish("skill", name, "1.0.0");
            Map<String, Object> body = body("skill", name, null, null);
            body.put("webspace_id", webspace);
            ids.add(post(body, null).jsonPath().getString("operation_id"));
        }
        ids.forEach(OperationQuarkusTest::ended);

        // When
        List<String> listed = new ArrayList<>();
        String cursor = "0";
        for (int page = 0; page < 10 && cursor != null; page++) {
            JsonPath answer = read("/v1/operations?limit=2&status=finished&webspace_id="
                    + webspace + "&cursor=" + cursor).jsonPath();
            listed.addAll(answer.getList("items.operation_id"));
            cursor = answer.getString("next_cursor");
        }

        // Then
        assertEquals(ids, listed);
        read("/v1/operations?webspace_id=" + webspace).then()
                .body("epoch", matchesPattern("[0-9a-f]{32}"))
                .body("sequence", notNullValue()).body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"/v1/operations?webspace_id=empty", "/v1/installed?node_id=empty",
        "/v1/notifications?webspace_id=empty"})
    void unchangedList_withItsTag_is304(String path) {
        // Given
        await().atMost(SOON).until(() -> read(path).header("ETag")
                .equals(read(path).header("ETag")));
        String tag = read(path).header("ETag");

        // When
        Response answer = authorized().header("If-None-Match", tag).get(path);

        // Then
        assertEquals(304, answer.statusCode());
        assertEquals(tag, answer.header("ETag"));
    }

    @Test
    void probesAndDocs_areServed() {
        // Given
        List<String> paths = List.of("/livez", "/readyz", "/healthz", "/metrics", "/docs",
                "/openapi.json");

        // When
        List<Integer> codes = paths.stream().map(path -> given().get(path).statusCode()).toList();

        // Then
        assertEquals(List.of(200, 200, 200, 200, 200, 200), codes);
        given().get("/v1/health").then().statusCode(200)
                .body("service", equalTo("operations-service"))
                .body("runner.running", notNullValue());
        given().get("/openapi.json").then().body("openapi", startsWith("3."));
    }

    private static TestRegistry registry() {
        return RegistryTestResource.registry();
    }

    private static String fresh(String word) {
        return word + '_' + UUID.randomUUID().toString().substring(0, 8);
    }

    private static Response install(String kind, String name) {
        return post(body(kind, name, null, null), null);
    }

    private static String installed(String kind, String name) {
        return started(kind, name, null, null);
    }

    private static String started(String kind, String name, String version, Boolean queue) {
        return post(body(kind, name, version, queue), null).then().statusCode(202)
                .extract().jsonPath().getString("operation_id");
    }

    private static Map<String, Object> body(
            String kind, String name, String version, Boolean queue) {
        Map<String, Object> body = new java.util.HashMap<>();
        body.put("kind", kind + ".install");
        body.put("target_kind", kind);
        body.put("target_id", name);
        if (version != null) {
            body.put("version", version);
        }
        if (queue != null) {
            body.put("queue", queue);
        }
        return body;
    }

    private static Response post(Map<String, Object> body, String key) {
        var request = authorized().contentType(ContentType.JSON).body(body);
        return (key == null ? request : request.header("Idempotency-Key", key))
                .post("/v1/operations");
    }

    private static io.restassured.specification.RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + TestKeys.RUNNER);
    }

    private static Response read(String path) {
        return authorized().get(path);
    }

    private static JsonPath ended(String id) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(30)).until(() ->
                read("/v1/operations/" + id).jsonPath().getString("finished_at") != null);
        return read("/v1/operations/" + id).jsonPath();
    }

    private static int operationCount() {
        return read("/v1/operations?limit=500").jsonPath().getList("items").size();
    }

    private static void nothingAcceptedFor(String name) {
        read("/v1/operations?limit=500").then().body(
                "items.findAll { it.target_id == '" + name + "' }", hasSize(0));
    }

    private static List<Path> temporaryFilesOf(String id) throws IOException {
        try (var files = Files.list(RegistryTestResource.workspace().resolve(".store/.tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(id)).toList();
        }
    }
}
