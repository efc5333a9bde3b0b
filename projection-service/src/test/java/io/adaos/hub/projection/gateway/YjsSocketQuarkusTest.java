package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The socket as clients meet it: rights, close codes, limits, acknowledgements. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class YjsSocketQuarkusTest {

    private static final String AS_ADMIN = "?token=" + TestKeys.ADMIN;
    private static final String AS_READER = "?token=" + TestKeys.READER;

    @TestHTTPResource("/")
    URI server;

    @Test
    void write_ofAnOperator_reachesAReaderAndTheStateEndpoint() {
        // Given
        TestSocket reader = TestSocket.openWith(
                List.of("hub.v1", "hub.token." + TestKeys.READER), server, "/yws/default").ask();
        TestSocket writer = TestSocket.open(server, "/yws/desktop" + AS_ADMIN).ask();

        // When
        writer.put("greeting", "hello");

        // Then
        await().until(() -> "hello".equals(reader.data("greeting")));
        assertEquals("hub.v1", reader.protocol());
        given().header("Authorization", "Bearer " + TestKeys.READER)
                .get("/v1/webspaces/desktop/state").then().statusCode(200)
                .body("webspace_id", equalTo("desktop"))
                .body("document.data.greeting", equalTo("hello"));
        reader.close();
        writer.close();
    }

    @Test
    void update_ofAReader_closesItWith4403AndChangesNothing() {
        // Given
        settle();
        long before = generation();
        TestSocket reader = TestSocket.open(server, "/yws/desktop" + AS_READER).ask();

        // When
        reader.put("forbidden", true);

        // Then
        assertEquals(4403, reader.closeCode());
        assertEquals(before, generation());
    }

    @Test
    void step2_ofAReaderThatBringsNothingNew_isFine() {
        // Given
        TestSocket writer = TestSocket.open(server, "/yws/desktop" + AS_ADMIN).ask();
        TestSocket reader = TestSocket.open(server, "/yws/desktop" + AS_READER).ask();
        writer.put("known", 1).put("known", 2);
        await().until(() -> Long.valueOf(2).equals(reader.data("known")));

        // When
        reader.answer();
        writer.put("after", 3);

        // Then
        await().until(() -> Long.valueOf(3).equals(reader.data("after")));
        assertTrue(reader.isOpen());
        reader.close();
        writer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/yws/desktop, 4401",
        "/yws/desktop?token=wrong, 4401",
        "/yws/desktop?token=" + TestKeys.EXPIRED + ", 4401",
        "/yws/desktop?token=" + TestKeys.NOBODY + ", 4403",
        "/yws/desktop?token=a&token=b, 4400",
        "/yws/nowhere?token=" + TestKeys.READER + ", 4404",
        "/yws/no%20room?token=" + TestKeys.READER + ", 4404"})
    void socket_thatMayNotBe_isAcceptedAndClosedAtOnce(String path, int code) {
        // Given
        TestSocket socket = TestSocket.open(server, path);

        // When
        int closed = socket.closeCode();

        // Then
        assertEquals(code, closed);
    }

    @Test
    void socket_ofAForeignPage_isClosedWith4403() {
        // Given
        TestSocket socket = TestSocket.openFrom(
                "http://evil.example", server, "/yws/desktop" + AS_READER);

        // When
        int closed = socket.closeCode();

        // Then
        assertEquals(4403, closed);
    }

    @Test
    void frame_thatIsNoMessage_closesWith4400() {
        // Given
        TestSocket truncated = TestSocket.open(server, "/yws/desktop" + AS_READER);
        TestSocket text = TestSocket.open(server, "/yws/desktop" + AS_READER);
        TestSocket unknown = TestSocket.open(server, "/yws/desktop" + AS_READER);
        TestSocket noUpdate = TestSocket.open(server, "/yws/desktop" + AS_ADMIN);

        // When
        truncated.send(new byte[] {0, 2, 100, 1});
        text.sendText("hello");
        unknown.send(new byte[] {99});
        noUpdate.send(new byte[] {0, 2, 3, 9, 9, 9});

        // Then
        assertEquals(4400, truncated.closeCode());
        assertEquals(4400, text.closeCode());
        assertEquals(4400, unknown.closeCode());
        assertEquals(4400, noUpdate.closeCode());
    }

    @Test
    void frame_over16MiB_closesWith1009() {
        // Given
        TestSocket socket = TestSocket.open(server, "/yws/desktop" + AS_ADMIN);

        // When
        socket.send(new byte[(16 << 20) + 1]);

        // Then
        assertEquals(1009, socket.closeCode());
    }

    @Test
    void operatorsSocket_createsTheWebspaceItNames() {
        // Given
        TestSocket writer = TestSocket.open(server, "/yws/made-by-socket" + AS_ADMIN).ask();

        // When
        writer.put("a", 1);

        // Then
        await().until(() -> given().header("Authorization", "Bearer " + TestKeys.ADMIN)
                .get("/v1/webspaces/made-by-socket/state").jsonPath().getInt("generation") == 1);
        given().header("Authorization", "Bearer " + TestKeys.ADMIN)
                .get("/v1/webspaces").then().statusCode(200)
                .body("items.webspace_id", hasItem("made-by-socket"));
        writer.close();
    }

    @Test
    void acknowledgingClient_hearsTheGenerationAndAPlainOneDoesNot() {
        // Given
        TestSocket panel = TestSocket.open(server, "/yws/desktop" + AS_READER + "&ack=1").ask();
        TestSocket plain = TestSocket.open(server, "/yws/desktop" + AS_READER).ask();

        // When
        await().until(() -> panel.count(65) >= 3);
        panel.send(new byte[] {65, 1});

        // Then
        assertEquals(0, plain.count(65));
        assertTrue(panel.isOpen());
        panel.close();
        plain.close();
    }

    @Test
    void writerInAHurry_isNotClosedForItsOwnEchoes() {
        // Given
        String path = "/yws/hurry" + AS_ADMIN;
        TestSocket writer = TestSocket.open(server, path).ask();
        await().until(() -> writer.count(0) >= 2);
        int writes = 24;

        // When
        for (int i = 1; i <= writes; i++) {
            writer.put("big", i + "x".repeat(1 << 20));
        }

        // Then
        awaitBig("hurry", writes + "x");
        assertTrue(writer.isOpen());
        writer.close();
    }

    @Test
    void slowReader_getsOneFreshDiffAndEndsWithTheSameDocument() {
        // Given
        String path = "/yws/slow" + AS_ADMIN;
        TestSocket writer = TestSocket.open(server, path).ask();
        await().until(() -> writer.count(0) >= 2);
        TestSocket slow = TestSocket.openWithoutReading(server, path).ask();
        int writes = 24;

        // When
        for (int i = 1; i <= writes; i++) {
            String start = i + "x";
            writer.put("big", start + "x".repeat(1 << 20));
            awaitBig("slow", start);     // so that each write is a frame of its own
        }
        long last = writes;
        slow.readOn();

        // Then
        await().until(() ->
                String.valueOf(slow.data("big")).startsWith(last + "x"));
        assertTrue(slow.isOpen());
        slow.close();
        writer.close();
    }

    @Test
    void webspaces_areCreatedByOperatorsAndUnknownOnesAreRefused() {
        // Given
        String asAdmin = "Bearer " + TestKeys.ADMIN;

        // When
        int created = given().header("Authorization", asAdmin)
                .put("/v1/webspaces/lab").statusCode();
        int again = given().header("Authorization", asAdmin)
                .put("/v1/webspaces/lab").statusCode();

        // Then
        assertEquals(201, created);
        assertEquals(200, again);
        given().header("Authorization", asAdmin).put("/v1/webspaces/no%20room")
                .then().statusCode(400).body("code", equalTo("request_invalid"));
        given().header("Authorization", "Bearer " + TestKeys.READER).put("/v1/webspaces/mine")
                .then().statusCode(403);
        given().header("Authorization", "Bearer " + TestKeys.READER)
                .get("/v1/webspaces/nowhere/state")
                .then().statusCode(404).body("code", equalTo("webspace_unknown"));
        given().header("Authorization", "Bearer " + TestKeys.READER)
                .get("/v1/webspaces/lab/state").then().statusCode(403);
        given().get("/v1/webspaces/desktop/state").then().statusCode(401);
    }

    @Test
    void health_saysPubliclyHowSourcesAndTheLogAre() {
        // Given
        String path = "/v1/health";

        // When
        await().until(() -> "fresh".equals(
                given().get(path).jsonPath().getString("sources.operations.state")));

        // Then
        given().get(path).then().statusCode(200)
                .body("sources.operations.state", equalTo("fresh"))
                .body("rooms", equalTo(Map.of("desktop", Map.of("log", "ok"))));
    }

    @Test
    void panelSettings_arePublicAndEveryAnswerIsProtected() {
        // Given
        String path = "/panel/config.json";

        // When
        ValidatableResponse answer = given().get(path).then();

        // Then
        answer.statusCode(200)
                .body("webspace", equalTo("desktop"))
                .body("registry_url", equalTo("http://127.0.0.1:8081"))
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("X-Content-Type-Options", equalTo("nosniff"));
        assertEquals(List.of("registry_url", "marketplace_url", "operations_url", "webspace"),
                List.copyOf(answer.extract().jsonPath().getMap("").keySet()));
    }

    private static void awaitBig(String webspace, String start) {
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> String.valueOf(given()
                        .header("Authorization", "Bearer " + TestKeys.ADMIN)
                        .get("/v1/webspaces/" + webspace + "/state").jsonPath()
                        .getString("document.data.big")).startsWith(start));
    }

    /** Waits until the view of operations has written what it has to write. */
    private void settle() {
        await().until(() -> given()
                .header("Authorization", "Bearer " + TestKeys.ADMIN)
                .get("/v1/webspaces/desktop/state").jsonPath()
                .get("document.runtime.operations.order") != null);
    }

    private long generation() {
        return given().header("Authorization", "Bearer " + TestKeys.ADMIN)
                .get("/v1/webspaces/desktop/state").jsonPath().getLong("generation");
    }
}
