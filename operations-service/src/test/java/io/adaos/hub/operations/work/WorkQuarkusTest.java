package io.adaos.hub.operations.work;

import static io.adaos.hub.operations.testing.OperationsApi.authorized;
import static io.adaos.hub.operations.testing.OperationsApi.ended;
import static io.adaos.hub.operations.testing.OperationsApi.fresh;
import static io.adaos.hub.operations.testing.OperationsApi.installed;
import static io.adaos.hub.operations.testing.OperationsApi.post;
import static io.adaos.hub.operations.testing.OperationsApi.read;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.operations.testing.OperationsApi;
import io.adaos.hub.operations.testing.RegistryTestResource;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(RegistryTestResource.class)
class WorkQuarkusTest {

    private static final Map<String, Object> EMPTY = Map.of();

    /** From its first claim on a node is known, and what an earlier test has left is done. */
    @BeforeEach
    void introduce() {
        say(TestKeys.OTHER_WORKER, "claim", claim("action.invoke", 0)).then().statusCode(204);
        Response left = say(TestKeys.WORKER, "claim", kitchen(0));
        while (left.statusCode() == 200) {
            say(TestKeys.WORKER, left.jsonPath().getString("lease") + "/result", failure());
            left = say(TestKeys.WORKER, "claim", kitchen(0));
        }
        left.then().statusCode(204);
    }

    @Test
    void action_isCalledOnItsNode_andEveryWordOfTheWorkerCounts() {
        // Given
        String id = invoked(fresh("act"), Map.of("n", 7));
        JsonPath work = claimed(id);
        String lease = work.getString("lease");
        await().atMost(Duration.ofSeconds(30)).until(() -> "Waiting for node kitchen".equals(
                read("/v1/operations/" + id).jsonPath().getString("message")));

        // When
        say(TestKeys.WORKER, lease + "/heartbeat", EMPTY).then().statusCode(200)
                .body("cancel", equalTo(false));
        say(TestKeys.WORKER, lease + "/progress", Map.of("percent", 50, "message", "Half"))
                .then().statusCode(200).body("shown", equalTo(true));
        Response running = read("/v1/operations/" + id);
        say(TestKeys.WORKER, lease + "/log", lines("info", "a line")).then().statusCode(204);
        say(TestKeys.WORKER, lease + "/result", success(Map.of("value", List.of(1, 2))))
                .then().statusCode(204);

        // Then
        assertEquals("invoke", work.getString("task"));
        assertEquals(7, work.getInt("args.args.n"));
        running.then().body("status", equalTo("running"), "current_step", equalTo("invoke"),
                "message", equalTo("Half"), "progress", equalTo(50));
        JsonPath ended = ended(id);
        assertEquals("succeeded", ended.getString("status"));
        assertEquals(List.of(1, 2), ended.getList("result.value"));
        read("/v1/operations/" + id + "/log").then().body("items.message", hasItem("a line"));
        say(TestKeys.WORKER, lease + "/result", failure()).then().statusCode(204);
        assertEquals("succeeded", ended(id).getString("status"));
    }

    @Test
    void claimThatWaits_getsWorkWhenItComes_andNodesAreShown() throws Exception {
        // Given
        String action = fresh("act");
        CompletableFuture<Response> claim = CompletableFuture.supplyAsync(
                () -> say(TestKeys.WORKER, "claim", kitchen(25)));

        // When
        String id = invoked(action, Map.of());
        JsonPath work = claim.get(30, TimeUnit.SECONDS).then().statusCode(200)
                .extract().jsonPath();

        // Then
        assertEquals(id, work.getString("operation_id"));
        read("/v1/nodes").then().statusCode(200)
                .body("items.find { it.node_id == 'hub' }.reachable", equalTo(true))
                .body("items.find { it.node_id == 'kitchen' }.reachable", equalTo(true))
                .body("items.find { it.node_id == 'kitchen' }.active_work",
                        greaterThanOrEqualTo(1))
                .body("items.find { it.node_id == 'kitchen' }.kinds", hasItem("action.invoke"));
        say(TestKeys.WORKER, work.getString("lease") + "/result", failure())
                .then().statusCode(204);
        JsonPath ended = ended(id);
        assertEquals("failed", ended.getString("status"));
        assertEquals("broken", ended.getString("error.type"));
    }

    @Test
    void strangersAndForgers_changeNothing() {
        // Given
        String id = invoked(fresh("act"), Map.of());
        String lease = claimed(id).getString("lease");
        String result = lease + "/result";

        // When
        List<Response> refused = List.of(
                say(TestKeys.OTHER_WORKER, result, success(Map.of("value", 1))),
                say(TestKeys.OTHER_WORKER, lease + "/heartbeat", EMPTY),
                say(TestKeys.OTHER_WORKER, lease + "/release", EMPTY),
                say(TestKeys.WORKER, "0123456789abcdef/result", success(Map.of("value", 1))));
        Response forged = say(TestKeys.WORKER, result, success(Map.of("other", 1)));
        Response oversized = say(TestKeys.WORKER, result,
                success(Map.of("value", "x".repeat(300_000))));
        Response longLine = say(TestKeys.WORKER, lease + "/log",
                lines("info", "x".repeat(5_000)));

        // Then
        refused.forEach(answer -> answer.then().statusCode(409)
                .body("code", equalTo("lease_lost")));
        forged.then().statusCode(422).body("code", equalTo("work_result_invalid"));
        oversized.then().statusCode(413).body("code", equalTo("payload_too_large"));
        longLine.then().statusCode(413).body("code", equalTo("payload_too_large"));
        read("/v1/operations/" + id).then().body("status", equalTo("running"));
        say(TestKeys.WORKER, result, success(Map.of("value", 1))).then().statusCode(204);
        assertEquals("succeeded", ended(id).getString("status"));
    }

    @Test
    void cancelledOperation_stopsItsWorker_andRefusesItsResult() {
        // Given
        String id = invoked(fresh("act"), Map.of());
        String lease = claimed(id).getString("lease");

        // When
        authorized().post("/v1/operations/" + id + "/cancel").then().statusCode(202);
        JsonPath ended = ended(id);

        // Then
        assertEquals("cancelled", ended.getString("status"));
        say(TestKeys.WORKER, lease + "/heartbeat", EMPTY).then().statusCode(200)
                .body("cancel", equalTo(true));
        say(TestKeys.WORKER, lease + "/result", success(Map.of("value", 1)))
                .then().statusCode(409).body("code", equalTo("lease_lost"));
        assertEquals(ended.getLong("revision"), ended(id).getLong("revision"));
        read("/v1/operations/" + id + "/log").then().body("items.message",
                hasItem("A result of node kitchen came too late and was refused"));
    }

    @Test
    void workGivenBack_isClaimedAgain() {
        // Given
        String id = invoked(fresh("act"), Map.of());
        String first = claimed(id).getString("lease");

        // When
        say(TestKeys.WORKER, first + "/release", EMPTY).then().statusCode(204);
        String second = claimed(id).getString("lease");

        // Then
        assertTrue(!first.equals(second));
        say(TestKeys.WORKER, first + "/result", success(Map.of("value", 1)))
                .then().statusCode(409);
        say(TestKeys.WORKER, second + "/result", success(Map.of("value", 1)))
                .then().statusCode(204);
        assertEquals("succeeded", ended(id).getString("status"));
    }

    @Test
    void skillOnAnotherNode_isStagedAndLinkedThere_andRecordedForIt() {
        // Given
        String name = fresh("remote");
        String digest = OperationsApi.registry().publish("skill", name, "1.0.0");
        ended(installed("skill", name));
        Map<String, Object> body = OperationsApi.body("skill", name, null, null);
        body.put("node_id", "kitchen");
        String id = post(body, null).then().statusCode(202).extract().jsonPath()
                .getString("operation_id");

        // When
        JsonPath stage = claimed(id);
        String staged = stage.getString("lease") + "/result";
        Response forged = say(TestKeys.WORKER, staged,
                success(Map.of("content_digest", "sha256:" + "0".repeat(64))));
        say(TestKeys.WORKER, staged, success(Map.of("content_digest", digest)))
                .then().statusCode(204);
        JsonPath link = claimed(id);
        say(TestKeys.WORKER, link.getString("lease") + "/result",
                success(Map.of("content_digest", digest))).then().statusCode(204);

        // Then
        assertEquals("stage", stage.getString("task"));
        assertEquals(digest, stage.getString("args.content_digest"));
        forged.then().statusCode(422).body("code", equalTo("work_result_invalid"));
        assertEquals("link", link.getString("task"));
        assertEquals("succeeded", ended(id).getString("status"));
        read("/v1/installed?node_id=kitchen").then().body(
                "items.find { it.name == '" + name + "' }.content_digest", equalTo(digest));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"kinds\":[]} | 400 | request_invalid",
        "{\"kinds\":[\"fly\"]} | 400 | request_invalid",
        "{\"kinds\":[\"skill.install\"],\"wait_seconds\":26} | 400 | request_invalid",
        "{\"kinds\":[\"skill.install\"],\"wait_seconds\":\"1\"} | 400 | request_invalid",
        "[] | 400 | body_invalid",
        "{\"kinds\":[\"scenario.install\"]} | 403 | forbidden"})
    void badClaim_isRefused(String body, int status, String code) {
        // Given
        var request = worker(TestKeys.WORKER).contentType(ContentType.JSON).body(body);

        // When
        Response answer = request.post("/v1/work/claim");

        // Then
        answer.then().statusCode(status).body("code", equalTo(code));
    }

    @Test
    void whoIsNoNode_mayNotWork() {
        // Given
        Map<String, Object> claim = claim("action.invoke", 0);

        // When
        Response anonymous = given().contentType(ContentType.JSON).body(claim)
                .post("/v1/work/claim");
        Response person = say(TestKeys.ADMIN, "claim", claim);
        Response noScope = say(TestKeys.NODE, "claim", claim);

        // Then
        anonymous.then().statusCode(401);
        person.then().statusCode(403);
        noScope.then().statusCode(403);
        given().header("Authorization", "Bearer " + TestKeys.NOBODY).get("/v1/nodes")
                .then().statusCode(403);
    }

    private static String invoked(String action, Map<String, Object> args) {
        return post(Map.of("kind", "action.invoke", "target_kind", "action", "target_id", action,
                "node_id", "kitchen", "params", Map.of("args", args)), null)
                .then().statusCode(202).extract().jsonPath().getString("operation_id");
    }

    /** The next work of this operation; that of others is not there. */
    private static JsonPath claimed(String id) {
        JsonPath work = say(TestKeys.WORKER, "claim", kitchen(25)).then().statusCode(200)
                .extract().jsonPath();
        assertEquals(id, work.getString("operation_id"));
        return work;
    }

    private static Response say(String token, String path, Map<String, Object> body) {
        return worker(token).contentType(ContentType.JSON).body(body).post("/v1/work/" + path);
    }

    private static RequestSpecification worker(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static Map<String, Object> kitchen(int wait) {
        return Map.of("kinds", List.of("action.invoke", "skill.install"), "wait_seconds", wait);
    }

    private static Map<String, Object> claim(String kind, int wait) {
        return Map.of("kinds", List.of(kind), "wait_seconds", wait);
    }

    private static Map<String, Object> lines(String level, String message) {
        return Map.of("items", List.of(Map.of("level", level, "message", message)));
    }

    private static Map<String, Object> success(Object result) {
        return Map.of("outcome", "succeeded", "result", result);
    }

    private static Map<String, Object> failure() {
        Map<String, Object> error = new HashMap<>(
                Map.of("type", "broken", "message", "It broke", "retryable", true));
        return Map.of("outcome", "failed", "error", error);
    }
}
