package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.acknowledging;
import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.member;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static io.adaos.hub.projection.room.RoomFixture.read;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.ystore.CompactionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readers hear while batches are gathered; the window is long, so that it can be met. */
class GatheredRoomTest {

    private static final int GENERATION = 65;

    private final RoomFixture rooms =
            new RoomFixture(new CompactionPolicy(1_000, 1 << 20), Duration.ofMillis(400));

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void batches_withinAWindow_reachReadersInOneFrameAndWritersAtOnce() {
        // Given: a window that twenty writes fit into on any machine
        Duration window = Duration.ofSeconds(3);
        try (RoomFixture patient =
                new RoomFixture(new CompactionPolicy(1_000, 1 << 20), window)) {
            assertGathered(patient.room(), window);
        }
    }

    private static void assertGathered(WebspaceRoom room, Duration window) {
        FakeTransport socket = join(room);

        // When
        long started = System.nanoTime();
        for (int i = 1; i <= 20; i++) {
            got(put(room, "a", i));
        }
        Duration writers = Duration.ofNanos(System.nanoTime() - started);
        int atOnce = socket.sent().size();

        // Then
        await().until(() -> Map.of("a", 20L).equals(seen(socket)));
        assertTrue(writers.compareTo(window) < 0, "writers waited for the window: " + writers);
        assertEquals(3, atOnce, "the question, the answer, the first batch");
        assertEquals(4, socket.sent().size());
    }

    @Test
    void generation_isToldBehindTheContentItProvesOnly() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = new FakeTransport();
        RoomMember panel = acknowledging(socket);
        room.join(panel);
        room.answerStep1(panel, StateVector.EMPTY);
        got(put(room, "a", 1));
        got(put(room, "a", 2));
        got(put(room, "a", 3));

        // When
        room.tick();
        await().until(() -> last(socket)[1] == 3);

        // Then
        List<byte[]> sent = socket.sent();
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i)[0] == GENERATION && sent.get(i)[1] > 0) {
                assertEquals(Map.of("a", (long) sent.get(i)[1]), seen(sent.subList(0, i)));
            }
        }
        assertEquals(GENERATION, last(socket)[0]);
    }

    private static byte[] last(FakeTransport socket) {
        List<byte[]> sent = socket.sent();
        return sent.get(sent.size() - 1);
    }

    @Test
    void joinWithinAWindow_getsEverythingAndNothingTwiceThatMatters() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport early = join(room);
        got(put(room, "a", 1));
        got(put(room, "b", 2));

        // When
        FakeTransport late = join(room);
        got(room.state());
        Map<String, Object> atOnce = seen(late);
        got(put(room, "c", 3));

        // Then
        assertEquals(Map.of("a", 1L, "b", 2L), atOnce);
        Map<String, Object> all = Map.of("a", 1L, "b", 2L, "c", 3L);
        await().until(() -> all.equals(seen(late)) && all.equals(seen(early)));
    }

    @Test
    void readerThatIsFreshAgain_withinAWindow_missesNothing() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = join(room).slow();
        got(put(room, "a", "x".repeat(300_000)));
        await().until(() -> socket.sent().size() == 3);
        String rest = "y".repeat(1_100_000);      // told at once, since it is much
        got(put(room, "b", rest));
        got(put(room, "c", rest));
        got(put(room, "d", rest));
        got(put(room, "e", 5));

        // When
        socket.takeAll();
        got(put(room, "f", 6));

        // Then
        await().until(() -> {
            socket.takeAll();
            return seen(socket).keySet().equals(Set.of("a", "b", "c", "d", "e", "f"));
        });
        assertEquals(Optional.empty(), socket.closed());
    }

    @Test
    void roomThatEnds_tellsWhatItHasGatheredFirst() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = join(room);
        got(put(room, "a", 1));
        got(put(room, "b", 2));

        // When
        room.close(CloseReason.RESTART);

        // Then
        await().until(() -> socket.closed().equals(Optional.of(CloseReason.RESTART)));
        assertEquals(Map.of("a", 1L, "b", 2L), seen(socket));
    }

    private static FakeTransport join(WebspaceRoom room) {
        FakeTransport socket = new FakeTransport();
        RoomMember member = member(socket);
        room.join(member);
        room.answerStep1(member, StateVector.EMPTY);
        got(room.state());
        return socket;
    }

    private static Map<String, Object> seen(FakeTransport socket) {
        return seen(socket.sent());
    }

    private static Map<String, Object> seen(List<byte[]> frames) {
        return read(frames.stream().filter(frame -> frame[0] != GENERATION).toList())
                .getMap("data").toJson();
    }
}
