package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many sockets on one document, and what one socket may do to the others.
 *
 * <p>Two thousand sockets are four thousand open files on this machine; Java and Node both raise
 * their limit to the hard one ({@code ulimit -Hn}), which must be above that.
 */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class CrowdQuarkusTest {

    private static final String AS_ADMIN = "?token=" + TestKeys.ADMIN;

    @TestHTTPResource("/")
    URI server;

    @Inject
    RoomDirectory rooms;

    @Test
    void twoThousandClients_followStayAndComeBack() {
        // Given
        String url = "ws://" + server.getAuthority();
        given().header("Authorization", "Bearer " + TestKeys.ADMIN).put("/v1/webspaces/crowd");

        // When
        List<JsonNode> steps = NodeClients.run(step -> {
            if (step.path("step").asText().equals("restart me")) {
                room("crowd").close(CloseReason.RESTART);
            }
        }, "crowd.mjs", url, "crowd", TestKeys.ADMIN, TestKeys.ADMIN, "2000", "4000");

        // Then
        assertEquals(2_000, NodeClients.step(steps, "synced").path("readers").asInt());
        assertTrue(NodeClients.step(steps, "followed").path("same").asBoolean());
        assertEquals(0, NodeClients.step(steps, "idle").path("closes").asInt());
        JsonNode back = NodeClients.step(steps, "back");
        assertTrue(back.path("same").asBoolean());
        assertEquals(20, back.path("length").asInt());
    }

    @Test
    void writerFasterThanTheLog_isNotReadMeanwhileAndNotClosed() {
        // Given
        TestSocket writer = TestSocket.open(server, "/yws/flood" + AS_ADMIN).ask();
        TestSocket reader = TestSocket.open(server, "/yws/flood" + AS_ADMIN).ask();
        await().until(() -> writer.count(0) >= 2 && reader.count(0) >= 2);
        int writes = 12_000;

        // When
        for (int i = 1; i <= writes; i++) {
            writer.put("n", i);
        }

        // Then
        await().until(() -> !writer.isOpen() || Long.valueOf(writes).equals(reader.data("n")));
        assertTrue(writer.isOpen());
        writer.close();
        reader.close();
    }

    @Test
    void generations_comeBehindTheContentTheyProve() throws Exception {
        // Given
        TestSocket panel = TestSocket.open(server, "/yws/proof" + AS_ADMIN + "&ack=1").ask();
        await().until(() -> panel.count(65) > 0);
        Map<Long, Long> newestOf = new TreeMap<>();

        // When
        for (long i = 1; i <= 300; i++) {
            newestOf.put(write("proof", i), i);
        }

        // Then
        await().until(() -> Long.valueOf(300).equals(panel.data("n")) && panel.frames().stream()
                .anyMatch(frame -> Arrays.equals(generation(last(newestOf)), frame)));
        Doc replayed = new Doc(1);
        for (byte[] frame : panel.frames()) {
            if (frame[0] == 0 && SyncProtocol.decode(frame) instanceof SyncStep2 step) {
                replayed.apply(step.update(), "test");
            } else if (frame[0] == 0
                    && SyncProtocol.decode(frame) instanceof SyncUpdate update) {
                replayed.apply(update.update(), "test");
            } else if (frame[0] == 65) {
                Long expected = newestOf.get(generationOf(frame));
                Object seen = replayed.getMap("data").get("n");
                assertTrue(expected == null || (Long) seen >= expected,
                        () -> "proof of " + expected + " came when the reader had " + seen);
            }
        }
        assertTrue(panel.frames().size() < 300, "nothing was gathered");
        panel.close();
    }

    @Test
    void socketsThatEndDuringABroadcast_doNotDisturbTheOthers() {
        // Given
        List<TestSocket> stay = open("leave", 20);
        List<TestSocket> leave = open("leave", 60);
        TestSocket writer = TestSocket.open(server, "/yws/leave" + AS_ADMIN).ask();
        await().until(() -> writer.count(0) >= 2);

        // When
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < leave.size(); i++) {
                if (i % 2 == 0) {
                    leave.get(i).close();
                } else {
                    leave.get(i).sendText("not a message");
                }
            }
        });
        for (int i = 1; i <= 400; i++) {
            writer.put("n", i);
        }
        leaving.join();

        // Then
        await().until(() -> stay.stream().allMatch(reader ->
                Long.valueOf(400).equals(reader.data("n"))));
        assertTrue(stay.stream().allMatch(TestSocket::isOpen));
        for (int i = 1; i < leave.size(); i += 2) {
            assertEquals(4400, leave.get(i).closeCode());
        }
        stay.forEach(TestSocket::close);
        writer.close();
    }

    private List<TestSocket> open(String webspace, int count) {
        List<TestSocket> sockets = new ArrayList<>(IntStream.range(0, count).mapToObj(i ->
                TestSocket.open(server, "/yws/" + webspace + AS_ADMIN).ask()).toList());
        await().until(() -> sockets.stream().allMatch(socket -> socket.count(0) >= 2));
        return sockets;
    }

    private WebspaceRoom room(String webspace) {
        return rooms.room(new WebspaceId(webspace)).toCompletableFuture().join().orElseThrow();
    }

    /** One write of its own generation. */
    private long write(String webspace, long value) {
        WriteOutcome outcome = room(webspace).write(new RoomWrite("core:test", "test",
                List.of(new BranchWrite.Put(List.of("data", "n"), value)), 10))
                .toCompletableFuture().join();
        return ((WriteOutcome.Applied) outcome).generation();
    }

    private static long last(Map<Long, Long> newestOf) {
        return newestOf.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private static byte[] generation(long number) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(65);
        out.writeVarUint(number);
        return out.toBytes();
    }

    private static long generationOf(byte[] frame) throws MalformedUpdateException {
        return ((ClientFrame.Acknowledgement) ClientFrame.decode(frame)).generation();
    }
}
