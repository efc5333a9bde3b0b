package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.HostileUpdates;
import io.adaos.hub.projection.crdt.Vectors;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.write.ingress.IngressFixture;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody should send, over the real socket: closed with a code, counted, and no trace. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class HostileClientsQuarkusTest {

    private static final String WEBSPACE = "hostile";
    private static final String AS_ADMIN = "?token=" + TestKeys.ADMIN;

    @TestHTTPResource("/")
    URI server;

    @Inject
    MeterRegistry meters;

    /** A document of some content that nobody but this test writes. */
    @BeforeEach
    void fill() {
        IngressFixture.install();
        TestSocket writer = open(WEBSPACE).ask();
        await().until(() -> writer.count(0) >= 2);
        writer.put("kept", "as it was");
        await().until(() -> "as it was".equals(given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/" + WEBSPACE + "/state").path("document.data.kept")));
        writer.close();
    }

    @Test
    void updates_thatYjsRefuses_closeTheirSocket_andLeaveNoTrace() {
        // Given
        List<Map<String, Object>> refused = vectors("throws");
        byte[] before = document(WEBSPACE);
        double closed = closed(4400);
        List<String> faults = new ArrayList<>();

        // When
        for (Map<String, Object> line : refused) {
            byte[] update = update(line);
            for (byte[] frame : List.of(SyncProtocol.encode(new SyncUpdate(update)),
                    SyncProtocol.encode(new SyncStep2(update)))) {
                int code = open(WEBSPACE).send(frame).closeCode();
                if (code != 4400 || !Arrays.equals(before, document(WEBSPACE))) {
                    faults.add(line.get("name") + ": " + code);
                }
            }
        }

        // Then
        assertTrue(refused.size() > 20, refused.size() + " vectors");
        assertEquals(List.of(), faults);
        assertArrayEquals(before, document(WEBSPACE));
        await().until(() -> closed(4400) - closed == 2 * refused.size());
    }

    @Test
    void updates_thatYjsTakes_doNoHarm_toThoseWhoFollow() {
        // Given
        List<Map<String, Object>> taken = vectors("accepted");
        TestSocket follower = open("hostile-but-legal").ask();
        await().until(() -> follower.count(0) >= 2);

        // When
        for (Map<String, Object> line : taken) {
            TestSocket sender = open("hostile-but-legal");
            sender.send(SyncProtocol.encode(new SyncUpdate(update(line))));
            insist(sender::ask);
            await((String) line.get("name")).until(() ->
                    sender.count(0) >= 2 || !sender.isOpen());
            sender.close();
        }
        open("hostile-but-legal").put("after", "all of it");

        // Then
        assertTrue(taken.size() > 5, taken.size() + " vectors");
        await().until(() -> "all of it".equals(follower.data("after")));
        assertTrue(follower.isOpen());
        follower.close();
    }

    @Test
    void frames_thatAreNoMessages_closeTheirSocket_andLeaveNoTrace() {
        // Given
        byte[] before = document(WEBSPACE);
        byte[] endless = new byte[64];
        Arrays.fill(endless, (byte) 0xff);
        List<byte[]> frames = List.of(
                new byte[0],
                new byte[] {0},
                new byte[] {0, 0},
                new byte[] {0, 3, 0},
                new byte[] {0, 2, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15},
                new byte[] {0, 0, 2, 1, (byte) 0xff},
                new byte[] {1},
                new byte[] {1, 4, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                new byte[] {1, 3, 1, 1, 1},
                new byte[] {65},
                new byte[] {66},
                new byte[] {99},
                endless);

        // When
        List<Integer> codes = frames.stream()
                .map(frame -> open(WEBSPACE).send(frame).closeCode()).toList();

        // Then
        assertEquals(frames.stream().map(frame -> 4400).toList(), codes);
        assertArrayEquals(before, document(WEBSPACE));
    }

    @Test
    void clients_thatMayNotWrite_areClosed_andLeaveNoTrace() {
        // Given
        double notAllowed = closed(4403);
        TestSocket reader = TestSocket.open(server, "/yws/desktop?token=" + TestKeys.READER).ask();
        await().until(() -> reader.count(0) >= 2);

        // When
        List<Integer> codes = Stream.of(reader,
                        TestSocket.openFrom("http://evil.example", server,
                                "/yws/desktop" + AS_ADMIN),
                        TestSocket.open(server, "/yws/desktop?token=" + TestKeys.SKILL),
                        TestSocket.open(server, "/yws/desktop?token=" + TestKeys.EXPIRED))
                .peek(client -> insist(() -> client.put("forbidden", true)))
                .map(TestSocket::closeCode).toList();

        // Then
        assertEquals(List.of(4403, 4403, 4403, 4401), codes);
        await().until(() -> closed(4403) - notAllowed == 3);
        assertNull(given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/desktop/state").path("document.data.forbidden"));
    }

    @Test
    void writesOverHttp_thatAreRefused_leaveNoTrace() {
        // Given
        byte[] before = document(WEBSPACE);
        String path = "/v1/webspaces/" + WEBSPACE + "/projections/";
        String deep = "{\"value\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        String large = "{\"value\": \"" + "x".repeat(5 << 20) + "\"}";

        // When
        List<String> codes = List.of(
                code(TestKeys.EXPIRED, path + "weather.current", "{\"value\": 1}"),
                code("no-such-token", path + "weather.current", "{\"value\": 1}"),
                code(TestKeys.READER, path + "weather.current", "{\"value\": 1}"),
                code(TestKeys.NODE, path + "weather.current", "{\"value\": 1}"),
                code(TestKeys.OTHER_SKILL, path + "weather.current", "{\"value\": 1}"),
                code(TestKeys.SKILL, path + "nobody.declared", "{\"value\": 1}"),
                code(TestKeys.SKILL, path + "weather.current", deep),
                code(TestKeys.SKILL, path + "weather.current", large),
                code(TestKeys.SKILL, path.replace(WEBSPACE, "nowhere") + "weather.current",
                        "{\"value\": 1}"));

        // Then
        assertEquals(List.of("unauthenticated", "unauthenticated", "forbidden", "owner_missing",
                "wrong_owner", "projection_rule_missing", "value_invalid", "payload_too_large",
                "webspace_unknown"), codes);
        assertArrayEquals(before, document(WEBSPACE));
    }

    /** Sends although the server may have closed the socket already. */
    private static void insist(Runnable sending) {
        try {
            sending.run();
        } catch (CompletionException closedAlready) {
            assertInstanceOf(IOException.class, closedAlready.getCause());
        }
    }

    /** With a client that does not print bodies: printed prettily, the deep one fills the heap. */
    private String code(String key, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        String answer = HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
        return JsonPath.from(answer).getString("code");
    }

    private static List<Map<String, Object>> vectors(String verdict) {
        return Vectors.ownLines("malformed.jsonl").stream()
                .filter(line -> ((Map<?, ?>) line.get("yjs")).get("r").equals(verdict)).toList();
    }

    private static byte[] update(Map<String, Object> line) {
        return line.get("update") == null ? HostileUpdates.named((String) line.get("name"))
                : Vectors.base64(line.get("update"));
    }

    /** The bytes a client that knows nothing is given. */
    private byte[] document(String webspace) {
        TestSocket reader = open(webspace).ask();
        await().until(() -> answer(reader).length > 0);
        reader.close();
        return answer(reader);
    }

    private static byte[] answer(TestSocket reader) {
        return reader.frames().stream().filter(frame -> frame[0] == 0 && frame[1] == 1)
                .findFirst().orElse(new byte[0]);
    }

    private TestSocket open(String webspace) {
        return TestSocket.open(server, "/yws/" + webspace + AS_ADMIN);
    }

    private double closed(int code) {
        return meters.counter("hub.yws.closed", "code", String.valueOf(code)).count();
    }
}
