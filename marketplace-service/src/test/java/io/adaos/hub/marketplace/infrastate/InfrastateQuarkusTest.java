package io.adaos.hub.marketplace.infrastate;

import static io.adaos.hub.marketplace.Artifacts.installedSkill;
import static io.adaos.hub.marketplace.Artifacts.operation;
import static io.adaos.hub.marketplace.Artifacts.scenario;
import static io.adaos.hub.marketplace.Artifacts.skill;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.marketplace.upstream.Upstream;
import io.adaos.hub.marketplace.upstream.Upstream.Reply;
import io.adaos.hub.marketplace.upstream.UpstreamBus;
import io.adaos.hub.marketplace.upstream.UpstreamResource;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What old clients get, against real HTTP upstreams; a life of the service of its own. */
@QuarkusTest
@QuarkusTestResource(value = HubTestResource.class,
        initArgs = @ResourceArg(name = "postgres", value = "false"))
@QuarkusTestResource(UpstreamResource.class)
@TestProfile(InfrastateQuarkusTest.OwnLife.class)
class InfrastateQuarkusTest {

    private static final String SNAPSHOT = "/api/node/infrastate/snapshot";
    private static final String ACTION = "/api/node/infrastate/action";
    private static final String RELIABILITY = "/api/node/reliability";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Upstream registry = UpstreamResource.registry();
    private final Upstream operations = UpstreamResource.operations();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private UpstreamBus bus;

    /** Other tests of this service begin with upstreams that were never up. */
    public static final class OwnLife implements QuarkusTestProfile {
    }

    @BeforeEach
    void connect() throws Exception {
        registry.replaceDatabase("epoch-of-this-test", Map.of(
                "clock", skill("clock", "1.0.0"),
                "air", skill("air", "1.1.0"),
                "lamp", skill("lamp", "2.0.0"),
                "evening", scenario("evening", "1.0.0", "lamp")));
        operations.replaceDatabase("epoch-of-this-test", Map.of(
                "hub/air", installedSkill("hub", "air", "1.0.0"),
                "hub/lamp", installedSkill("hub", "lamp", "1.0.0")));
        operations.route("/v1/operations", this::onOperations);
        operations.route("/api/operations", (exchange, body) -> answered(exchange
                .getRequestHeaders().getFirst("X-AdaOS-Token"), Map.of(
                        "by_id", Map.of(), "order", List.of(), "active", List.of())));
        operations.route(RELIABILITY, (exchange, body) -> answered(exchange
                .getRequestHeaders().getFirst("X-AdaOS-Token"), Map.of(
                        "summary", Map.of("label", "Infra State", "value", "ready"),
                        "runtime", Map.of("yjs_pressure", Map.of("policy_state", "ok")))));
        registry.up();
        operations.up();
        bus = new UpstreamBus(HubTestResource.nats().url(), registry, operations);
        bus.ensureStreams();
        await().atMost(SOON).until(() -> given().when().get("/v1/marketplace?status=all")
                .path("items.findAll { it.installed }.id"), equalTo(List.of("air", "lamp")));
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    @Test
    void snapshot_allAnswer_holdsEveryPartWithTheCallersCredential() {
        // When
        snapshot().then()

        // Then
                .statusCode(200)
                .body("ok", is(true)).body("accepted", is(true))
                .body("webspace_id", equalTo("desktop"))
                .body("degraded", is(false)).body("error", nullValue())
                .body("snapshot.summary.value", equalTo("ready"))
                .body("snapshot.yjs_pressure.policy_state", equalTo("ok"))
                .body("snapshot.actions.title",
                        contains("Update skills & scenarios", "Marketplace"))
                .body("snapshot.actions.id", contains("adaos_update", "marketplace"))
                .body("snapshot.marketplace.skills.id", contains("air", "clock", "lamp"))
                .body("snapshot.marketplace.scenarios.id", contains("evening"))
                .body("snapshot.marketplace.skills[1].install_action.id",
                        equalTo("marketplace_install"))
                .body("snapshot.operations.order", equalTo(List.of()))
                .body("snapshot.last_refresh_ts", notNullValue());
        assertTrue(seen.stream().allMatch(TestKeys.RUNNER::equals), seen.toString());
        assertEquals(2, seen.size());
    }

    @Test
    void snapshot_projectionAway_saysSoAndMakesNothingUp() {
        // Given
        operations.route(RELIABILITY, (exchange, body) -> new Reply(500, Map.of()));

        // When
        snapshot().then()

        // Then
                .statusCode(200)
                .body("ok", is(true)).body("degraded", is(true))
                .body("error", equalTo("projection_unavailable"))
                .body("snapshot.summary.value", equalTo("unknown"))
                .body("snapshot.yjs_pressure", nullValue())
                .body("snapshot.marketplace.skills.id", contains("air", "clock", "lamp"));
    }

    @Test
    void snapshot_webspaceOrCredentialRefused_isToldApart() {
        // Given
        operations.route(RELIABILITY, (exchange, body) ->
                new Reply(403, Map.of("code", "forbidden", "detail", "no")));
        snapshot().then().body("degraded", is(true)).body("error", equalTo("projection_forbidden"));

        // When
        operations.route(RELIABILITY, (exchange, body) ->
                new Reply(404, Map.of("code", "webspace_unknown")));

        // Then
        snapshot().then().body("ok", is(false)).body("accepted", is(false))
                .body("error", equalTo("webspace_unknown"));
        given().when().get(SNAPSHOT).then().statusCode(401);
        given().header("X-AdaOS-Token", TestKeys.NOBODY).when().get(SNAPSHOT).then()
                .statusCode(403);
    }

    @Test
    void install_accepted_answersWithTheOperation() {
        // When
        act("{'id':'marketplace_install','request_id':'r1',"
                + "'value':{'kind':'skill','id':'clock','target_node_id':'kitchen'}}").then()

        // Then
                .statusCode(200)
                .body("ok", is(true)).body("accepted", is(true))
                .body("operation_id", equalTo("op_clock"))
                .body("target_node_id", equalTo("kitchen"))
                .body("result.operation.status", equalTo("accepted"))
                .body("snapshot", equalTo(Map.of()));
        assertTrue(seen.peek().contains("\"kind\":\"skill.install\""), seen.peek());
        assertTrue(seen.peek().contains("\"node_id\":\"kitchen\""), seen.peek());
    }

    @Test
    void install_refused_isA200BodyThatSaysWhy() {
        // Given
        operations.route("/v1/operations", (exchange, body) -> new Reply(409, Map.of(
                "code", "target_busy", "detail", "op_9 works on it", "holder", "op_9",
                "retryable", true)));

        // When
        act("{'id':'marketplace_install','value':{'kind':'skill','id':'clock'}}").then()

        // Then
                .statusCode(200)
                .body("ok", is(false)).body("accepted", is(false))
                .body("error", equalTo("target_busy"))
                .body("holder", equalTo("op_9"))
                .body("detail", equalTo("op_9 works on it"));
        act("{'id':'reboot_everything'}").then().body("ok", is(false))
                .body("error", equalTo("action_unknown"))
                .body("detail", containsString("marketplace_install"));
        given().header("X-AdaOS-Token", TestKeys.READER).contentType("application/json")
                .body("{}").when().post(ACTION).then().statusCode(403);
    }

    @Test
    void update_startsOneOperationForEachNewerVersion() {
        // When
        act("{'id':'adaos_update','request_id':'r2'}").then()

        // Then
                .statusCode(200)
                .body("ok", is(true)).body("accepted", is(true))
                .body("result.operation_ids", containsInAnyOrder("op_air", "op_lamp"))
                .body("result.up_to_date", is(false));
        assertEquals(2, seen.size());
        assertTrue(seen.stream().allMatch(text -> text.contains("skill.update")), seen.toString());
        act("{'id':'adaos_update','node_id':'kitchen'}").then()
                .body("ok", is(true)).body("accepted", is(true))
                .body("operation_id", nullValue())
                .body("result.up_to_date", is(true));
    }

    @Test
    void rows_operationUnderWay_holdsItsTarget() throws Exception {
        // Given
        bus.change(operation("op_7", "clock", OperationStatus.RUNNING));

        // When
        await().atMost(SOON).until(() -> row("clock", "affordances.held_by.operation_id"),
                equalTo("op_7"));

        // Then
        assertEquals("The operation op_7 (skill.install) is working on it.",
                row("clock", "affordances.install.reason"));
        bus.change(operation("op_7", "clock", OperationStatus.SUCCEEDED));
        await().atMost(SOON).until(() -> row("clock", "affordances.install.possible"),
                equalTo(true));
        assertEquals(Boolean.TRUE, row("air", "affordances.update.possible"));
    }

    private Reply onOperations(com.sun.net.httpserver.HttpExchange exchange, String body) {
        if (exchange.getRequestMethod().equals("GET")) {
            return new Reply(200, Map.of("epoch", operations.head().epoch(),
                    "sequence", operations.head().sequence(), "items", List.of()));
        }
        seen.add(body);
        try {
            String id = "op_" + HubJson.mapper().readTree(body).path("target_id").asText();
            return new Reply(202, Map.of("operation_id", id, "status", "accepted",
                    "joined", false, "operation",
                    Map.of("operation_id", id, "status", "accepted")));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return new Reply(400, Map.of("code", "body_invalid"));
        }
    }

    private Reply answered(String credential, Map<String, Object> body) {
        seen.add(String.valueOf(credential));
        return new Reply(200, body);
    }

    private static Object row(String id, String path) {
        return given().when().get("/v1/marketplace/skill/" + id).path(path);
    }

    private static RequestSpecification runner() {
        return given().header("X-AdaOS-Token", TestKeys.RUNNER).contentType("application/json");
    }

    private static Response snapshot() {
        return runner().when().get(SNAPSHOT);
    }

    private static Response act(String body) {
        return runner().body(body.replace('\'', '"')).when().post(ACTION);
    }
}
