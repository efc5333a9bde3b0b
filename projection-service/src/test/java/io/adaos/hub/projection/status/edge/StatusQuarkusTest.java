package io.adaos.hub.projection.status.edge;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.projection.gateway.TestSocket;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.write.ingress.IngressFixture;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The three contracts of a running service: a real upstream, real sockets, a real bus. */
@QuarkusTest
@TestProfile(StatusQuarkusTest.ShownInDocuments.class)
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class StatusQuarkusTest {

    /** As in production. */
    public static final class ShownInDocuments implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("hub.status.document", "true");
        }
    }

    private static final String SOCKET = "/yws/desktop?token=" + TestKeys.READER;

    @TestHTTPResource("/")
    URI address;

    @Inject
    DocumentStatusService documents;

    private final List<TestSocket> sockets = new ArrayList<>();

    @BeforeEach
    void allIsWell() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
        IngressFixture.install();
        await().untilAsserted(() -> assertEquals(List.of("attached", "complete", "ready", "fresh"),
                states(), status().prettify()));
    }

    @AfterEach
    void heal() {
        OperationsUpstream.get().heal();
        sockets.forEach(TestSocket::close);
    }

    @Test
    void healthyWebspace_isReady_andSaysWhatProvesIt() {
        // Given
        open("");
        await().until(() -> status().getInt("evidence.sessions.plain") == 1);

        // When
        JsonPath status = status();

        // Then
        assertEquals(List.of("operations", "catalog", "installed", "rules"),
                status.getList("evidence.sources.name"));
        assertEquals("following", status.getString("evidence.sources[1].state"));
        assertEquals(List.of("hub_root", "browser_control_route"),
                status.<String>getList("connectivity.kind").stream().distinct()
                        .filter(kind -> !kind.equals("member_hub")).toList());
        assertEquals("disabled", status.getString("connectivity[0].transition_state"));
        assertTrue(status.getBoolean("evidence.room.log"));
        assertTrue(status.getLong("evidence.generation") > 0);
        assertEquals(0, status.getInt("evidence.snapshot_fallback_total"));
    }

    /** A browser's commands go through and its document is old: both are said. */
    @Test
    void controlReady_whileItsSourceIsCutOff_isStale_andHeals() throws Exception {
        // Given
        open("");
        await().until(() -> control().equals(List.of("ready")));
        Subscription events = OperationsUpstream.get().connection()
                .subscribe(HubSubjects.STATUS_ALL);
        OperationsUpstream.get().connection().flush(Duration.ofSeconds(5));

        // When
        OperationsUpstream.get().cut();

        // Then
        await().untilAsserted(() -> {
            JsonPath status = status();
            assertEquals(List.of("ready"), control(status));
            assertEquals("stale", status.getString("state_sync.semantic_state"));
            assertEquals("stale", status.getString("state_sync.freshness_state"));
            assertEquals("degraded", status.getString("state_sync.transport_state"));
            assertTrue(status.getList("state_sync.blockers").contains("source_lost:operations"));
        });
        awaitEvent(events, "hub.v1.status.state_sync.desktop", "\"semantic_state\":\"stale\"");
        await().until(() -> "stale".equals(shown("state_sync.semantic_state")));
        given().auth().oauth2(TestKeys.READER).get("/api/node/reliability/summary")
                .then().statusCode(200)
                .body("statusLine", startsWith("control=ready sync=stale"))
                .body("hubBrowserQuality.gates.browserControlRoute.state", equalTo("ready"))
                .body("hubBrowserQuality.gates.stateSync.state", equalTo("degraded"));
        OperationsUpstream.get().heal();
        await().until(() -> "ready".equals(shown("state_sync.semantic_state")));
        events.unsubscribe();
    }

    @Test
    void clientThatDoesNotProve_makesTheStateAge() {
        // Given
        open("&ack=1").ask();
        await().until(() -> status().getInt("evidence.sessions.acknowledged") == 1);

        // When
        write();

        // Then
        await().until(() -> status().getString("state_sync.freshness_state").equals("aging")
                && status().getLong("evidence.sessions.oldest_unproven_ms") >= 2_000);
        assertEquals("ready", status().getString("state_sync.semantic_state"));
    }

    @Test
    void node_announcesItsLink_andNobodyElseDoes() {
        // When
        given().auth().oauth2(TestKeys.NODE).contentType("application/json")
                .body("{\"transition_state\": \"restarting\", \"served_by\": \"supervisor\","
                        + " \"planned_transition\": {\"active\": true,"
                        + " \"reason\": \"manual_restart\"}}")
                .put("/v1/connectivity/member_hub/kitchen")

                // Then
                .then().statusCode(200).body("transition_state", equalTo("restarting"));
        await().until(() -> "restarting".equals(shown(
                "connectivity.'member_hub/kitchen'.transition_state")));
        assertEquals(403, announce(TestKeys.NODE, "member_hub/other", "{}"));
        assertEquals(403, announce(TestKeys.SKILL, "member_hub/kitchen", "{}"));
        assertEquals(401, announce("nobody-knows-this-key", "member_hub/kitchen", "{}"));
        assertEquals(404, announce(TestKeys.ADMIN, "hub_root/hub", "{}"));
        assertEquals(404, announce(TestKeys.ADMIN, "browser_control_route/s", "{}"));
        assertEquals(400, announce(TestKeys.NODE, "member_hub/kitchen", "[]"));
        assertEquals(400, announce(TestKeys.NODE, "member_hub/kitchen", "null"));
        assertEquals(400, announce(TestKeys.NODE, "member_hub/kitchen",
                "{\"transition_state\": \"asleep\"}"));
        assertEquals(413, announce(TestKeys.NODE, "member_hub/kitchen",
                "{\"x\": \"" + "x".repeat(9_000) + "\"}"));
    }

    /** Neither a reconnect of all, nor a service that has forgotten what it showed, writes. */
    @Test
    void reconnectsAndAForgetfulService_addNoGeneration() {
        // Given
        await().until(() -> "fresh".equals(shown("state_sync.freshness_state")));

        // When
        await().untilAsserted(() -> {
            long before = generation();
            int compared = compared();
            for (int i = 0; i < 3; i++) {
                open("").ask();
            }
            await().until(() -> status().getInt("evidence.sessions.count") >= 3);
            documents.retain(Set.of());
            sockets.forEach(TestSocket::close);
            sockets.clear();
            await().until(() -> status().getInt("evidence.sessions.count") == 0
                    && compared() > compared);

            // Then: a slow machine may see a source go silent meanwhile, which is a transition
            assertEquals(before, generation());
        });
    }

    @Test
    void etag_changesWithWords_andNotWithAges() {
        // Given
        await().until(() -> {
            String etag = read("/v1/webspaces/desktop/status", "").header("ETag");
            return read("/v1/webspaces/desktop/status", etag).statusCode() == 304;
        });
        String summary = "/api/node/reliability/summary?mode=thin";

        // When
        await().until(() -> read(summary, read(summary, "").header("ETag")).statusCode() == 304);
        Response answer = read(summary, "");

        // Then
        assertTrue(answer.header("ETag").startsWith("W/\""), answer.header("ETag"));
        assertEquals("thin", answer.header("X-AdaOS-Summary-Mode"));
        assertEquals("miss", answer.header("X-AdaOS-Summary-Cache"));
        assertEquals("no-cache", answer.header("Cache-Control"));
        assertEquals(answer.asByteArray().length,
                Integer.parseInt(answer.header("X-AdaOS-Summary-Body-Bytes")));
        assertTrue(Double.parseDouble(answer.header("X-AdaOS-Runtime-Duration-Ms")) > 0);
        assertEquals(304, read(summary, "*").statusCode());
        assertEquals(400, read("/api/node/reliability/summary?mode=loud", "").statusCode());
        read("/api/node/reliability", "").then().statusCode(200)
                .body("runtime.state_sync.blockers", equalTo(List.of()));
        read("/api/node/reliability/details", "").then().statusCode(200)
                .body("yjsPressure.owner", hasItem("_by_owner/core_operations"));
        read("/api/node/reliability/runtime", "").then().statusCode(200)
                .body("state.semanticState", equalTo("ready"));
        read("/api/node/reliability/summary/metrics", "").then().statusCode(200)
                .body("modes.runtime.requestTotal", equalTo(1));
    }

    @Test
    void strangers_areToldNothing() {
        // When
        String path = "/v1/webspaces/desktop/status";

        // Then
        assertEquals(401, given().get(path).statusCode());
        assertEquals(403, given().auth().oauth2(TestKeys.RUNNER).get(path).statusCode());
        assertEquals(403, given().auth().oauth2(TestKeys.NOBODY)
                .get("/api/node/reliability").statusCode());
        given().auth().oauth2(TestKeys.ADMIN).get("/v1/webspaces/nowhere/status")
                .then().statusCode(404).body("code", equalTo("webspace_unknown"));
    }

    private TestSocket open(String query) {
        TestSocket socket = TestSocket.open(address, SOCKET + query);
        sockets.add(socket);
        return socket;
    }

    private static void write() {
        given().auth().oauth2(TestKeys.SKILL).contentType("application/json")
                .body("{\"value\": \"" + UUID.randomUUID() + "\"}")
                .post("/v1/webspaces/desktop/projections/weather.current")
                .then().statusCode(200);
    }

    private static int announce(String key, String actor, String body) {
        return given().auth().oauth2(key).contentType("application/json").body(body)
                .put("/v1/connectivity/" + actor).statusCode();
    }

    private static Response read(String path, String ifNoneMatch) {
        return given().auth().oauth2(TestKeys.READER).header("If-None-Match", ifNoneMatch)
                .get(path);
    }

    private static JsonPath status() {
        return read("/v1/webspaces/desktop/status", "").then().statusCode(200)
                .extract().jsonPath();
    }

    private static List<String> states() {
        JsonPath status = status();
        return List.of(status.getString("state_sync.transport_state"),
                status.getString("state_sync.first_sync_state"),
                status.getString("state_sync.semantic_state"),
                status.getString("state_sync.freshness_state"));
    }

    private static List<String> control() {
        return control(status());
    }

    private static List<String> control(JsonPath status) {
        return status.getList("connectivity.findAll { it.kind == 'browser_control_route' }"
                + ".transport_state");
    }

    private static String shown(String path) {
        return document().getString("document.runtime.status." + path);
    }

    private static long generation() {
        return document().getLong("generation");
    }

    private static JsonPath document() {
        return read("/v1/webspaces/desktop/state", "").jsonPath();
    }

    /** Words that were brought to the document, whether they changed it or not. */
    private static int compared() {
        String ofStatus = "items.findAll { it.owner == 'core:status' }.counters.";
        JsonPath owners = given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/governance/owners?webspace_id=desktop&limit=500").jsonPath();
        return Stream.of("applied", "unchanged")
                .flatMap(word -> owners.<Integer>getList(ofStatus + word).stream())
                .mapToInt(Integer::intValue).sum();
    }

    private static void awaitEvent(Subscription events, String subject, String text) {
        await().until(() -> {
            Message next = events.nextMessage(Duration.ofMillis(100));
            return next != null && next.getSubject().equals(subject)
                    && new String(next.getData(), StandardCharsets.UTF_8).contains(text);
        });
    }
}
