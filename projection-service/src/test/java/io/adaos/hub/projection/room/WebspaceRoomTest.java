package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.member;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static io.adaos.hub.projection.room.RoomFixture.read;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.DocPath;
import io.adaos.hub.projection.crdt.UpdatePreview;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.mailbox.ClientUpdate;
import io.adaos.hub.projection.room.mailbox.PlainUpdate;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.RoomMember;
import io.adaos.hub.projection.ystore.CompactionPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebspaceRoomTest {

    private final RoomFixture rooms = new RoomFixture();
    private final Map<FakeTransport, RoomMember> members = new HashMap<>();

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void write_isBroadcastOnlyAfterTheLogHoldsIt() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = joined(room);
        rooms.store.hold();

        // When
        CompletionStage<WriteOutcome> answer = put(room, "a", 1);
        await().until(() -> rooms.store.held() == 1);

        // Then
        assertEquals(1, socket.sent().size(), "only the question of the join");
        assertFalse(answer.toCompletableFuture().isDone());
        rooms.store.release();
        assertEquals(1, applied(got(answer)));
        await().until(() -> socket.sent().size() == 2);
        assertEquals(Map.of("a", 1L), read(socket.sent()).getMap("data").toJson());
    }

    @Test
    void writes_whileAnAppendIsUnderWay_becomeOneGeneration() {
        // Given
        WebspaceRoom room = rooms.room();
        rooms.store.hold();
        CompletionStage<WriteOutcome> first = put(room, "a", 1);
        await().until(() -> rooms.store.held() == 1);

        // When
        List<CompletionStage<WriteOutcome>> gathered = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            gathered.add(put(room, "k" + i, i));
        }
        rooms.store.release();

        // Then
        assertEquals(1, applied(got(first)));
        gathered.forEach(answer -> assertEquals(2, applied(got(answer))));
    }

    @Test
    void write_ofWhatIsThereAlready_addsNoGeneration() {
        // Given
        WebspaceRoom room = rooms.room();
        got(put(room, "a", Map.of("x", 1)));

        // When
        WriteOutcome again = got(put(room, "a", Map.of("x", 1)));

        // Then
        assertEquals(new WriteOutcome.Unchanged(1), again);
    }

    @Test
    void write_ofWhatARestartedRoomHoldsAlready_addsNoGeneration() {
        // Given
        got(put(rooms.room(), "operations", Map.of("op_1", Map.of("progress", 40))));
        rooms.restart();

        // When
        WriteOutcome again =
                got(put(rooms.room(), "operations", Map.of("op_1", Map.of("progress", 40))));

        // Then
        assertEquals(new WriteOutcome.Unchanged(1), again);
    }

    @Test
    void reader_whileTheDocumentIsAheadOfTheLog_waits() {
        // Given
        WebspaceRoom room = rooms.room();
        rooms.store.hold();
        put(room, "a", 1);
        await().until(() -> rooms.store.held() == 1);

        // When
        CompletionStage<RoomState> state = room.state();

        // Then
        assertFalse(state.toCompletableFuture().isDone());
        rooms.store.release();
        assertEquals(1, got(state).generation());
    }

    @Test
    void store_thatFails_neverBroadcastsRefusesWritesAndKeepsServingReaders() {
        // Given
        WebspaceRoom room = rooms.room();
        got(put(room, "kept", 1));
        FakeTransport socket = joined(room);
        rooms.store.failing(true);

        // When
        CompletionStage<WriteOutcome> lost = put(room, "pending", 2);
        await().until(() -> got(put(room, "more", 3)) instanceof WriteOutcome.Refused);

        // Then
        WriteOutcome.Refused refused =
                assertInstanceOf(WriteOutcome.Refused.class, got(put(room, "more", 3)));
        assertEquals(WriteOutcome.Reason.STORE_UNAVAILABLE, refused.reason());
        assertEquals(Map.of("kept", 1L), got(room.state()).document().get("data"));
        FakeTransport late = joined(room);
        room.answerStep1(memberOf(late), StateVector.EMPTY);
        assertEquals(1, socket.sent().size(), "nothing was broadcast");
        assertFalse(lost.toCompletableFuture().isDone());
        rooms.store.failing(false);
        assertEquals(2, applied(got(lost)));
        await().until(() -> late.sent().size() >= 2);
        assertEquals(Map.of("kept", 1L, "pending", 2L), got(room.state()).document().get("data"));
    }

    @Test
    void document_afterARestart_isByteForByteTheSame() {
        // Given
        WebspaceRoom before = rooms.room();
        for (int i = 0; i < 50; i++) {
            got(put(before, "k" + i % 7, Map.of("n", i)));
        }
        byte[] bytes = wholeState(before);

        // When
        rooms.restart();
        WebspaceRoom after = rooms.room();

        // Then
        assertArrayEquals(bytes, wholeState(after));
        assertEquals(50, got(after.state()).generation());
    }

    @Test
    void log_thatGrows_becomesASnapshotAndTheDocumentStaysTheSame() {
        // Given
        try (RoomFixture compacting = new RoomFixture(new CompactionPolicy(10, 1 << 20))) {
            WebspaceRoom before = compacting.room();
            for (int i = 0; i < 35; i++) {
                got(put(before, "k" + i % 3, i));
            }
            byte[] bytes = wholeState(before);
            // rows that came while a compaction was under way wait for the next look of the room
            await().until(() -> {
                before.tick();
                return got(compacting.store.readAfter(WebspaceId.DESKTOP, 0)).size() < 20;
            });

            // When
            compacting.restart();

            // Then
            assertArrayEquals(bytes, wholeState(compacting.room()));
            assertEquals(35, got(compacting.room().state()).generation());
        }
    }

    @Test
    void badRow_endsRecoveryThereAndItsGenerationIsNotUsedAgain() {
        // Given
        WebspaceRoom before = rooms.room();
        got(put(before, "a", 1));
        got(put(before, "b", 2));
        got(put(before, "c", 3));
        rooms.store.damage(WebspaceId.DESKTOP, 2);

        // When
        rooms.restart();
        WebspaceRoom after = rooms.room();

        // Then
        assertEquals(Map.of("a", 1L), got(after.state()).document().get("data"));
        assertEquals(4, applied(got(put(after, "d", 4))));
        assertEquals(1, rooms.store.namesSetAside().size());
    }

    @Test
    void room_whoseEpochIsLost_endsAndItsClientsReconnectToTheNext() {
        // Given
        WebspaceRoom old = rooms.room();
        got(put(old, "a", 1));
        FakeTransport socket = joined(old);
        rooms.store.steal(WebspaceId.DESKTOP);

        // When
        WriteOutcome outcome = got(put(old, "b", 2));

        // Then
        assertEquals(WriteOutcome.Reason.ROOM_CLOSED,
                assertInstanceOf(WriteOutcome.Refused.class, outcome).reason());
        assertEquals(Optional.of(CloseReason.RESTART), socket.closed());
        assertEquals(Map.of("a", 1L), got(rooms.room().state()).document().get("data"));
        assertEquals(1, socket.sent().size(), "what the log does not hold was never told");
    }

    @Test
    void update_thatIsNotLetIn_isRefusedWhenItBringsSomethingNewAndFineWhenNot() {
        // Given
        WebspaceRoom room = rooms.room();
        got(put(room, "a", 1));
        got(put(room, "a", 2));
        byte[] whole = wholeState(room);
        Doc foreign = new Doc(5);
        byte[] fresh = foreign.transact("test", tx -> foreign.getMap("data").set(tx, "b", 1));

        // When
        WriteOutcome known = got(room.apply(new Unwanted(whole)));
        WriteOutcome changing = got(room.apply(new Unwanted(fresh)));

        // Then
        assertEquals(new WriteOutcome.Unchanged(2), known);
        assertEquals(WriteOutcome.Reason.NOT_ALLOWED,
                assertInstanceOf(WriteOutcome.Refused.class, changing).reason());
        assertArrayEquals(whole, wholeState(room));
    }

    @Test
    void update_thatIsNoneOrDoesNotFit_isRefusedAndChangesNothing() {
        // Given
        WebspaceRoom room = rooms.room();
        Doc writer = new Doc(5);
        writer.transact("test", tx -> writer.getMap("data").set(tx, "a", 1));
        byte[] second = writer.transact("test", tx -> writer.getMap("data").set(tx, "b", 2));

        // When
        WriteOutcome garbage = got(room.apply(operators(new byte[] {1, 2, 3})));
        WriteOutcome gap = got(room.apply(operators(second)));

        // Then
        assertEquals(WriteOutcome.Reason.MALFORMED,
                assertInstanceOf(WriteOutcome.Refused.class, garbage).reason());
        assertEquals(WriteOutcome.Reason.GAP,
                assertInstanceOf(WriteOutcome.Refused.class, gap).reason());
        assertEquals(0, got(room.state()).generation());
    }

    @Test
    void update_thatNeedsItsSendersEarlierOnes_isJudgedAndAppliedWithThem() {
        // Given
        WebspaceRoom room = rooms.room();
        Doc writer = new Doc(5);
        writer.transact("test", tx -> writer.getMap("data").set(tx, "a", 1));
        byte[] second = writer.transact("test", tx -> writer.getMap("data").set(tx, "b", 2));
        Following update = new Following(second, writer.encodeStateAsUpdate());

        // When
        WriteOutcome outcome = got(room.apply(update));

        // Then
        assertEquals(new WriteOutcome.Applied(1, List.of((long) second.length)), outcome);
        assertEquals(List.of("data/a", "data/b"), update.touched());
        assertEquals(Map.of("a", 1L, "b", 2L), got(room.state()).document().get("data"));
    }

    @Test
    void update_ofAWriter_isAppliedAndToldToEverybody() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = joined(room);
        Doc writer = new Doc(5);
        byte[] update = writer.transact("test", tx -> writer.getMap("data").set(tx, "a", 1));

        // When
        WriteOutcome outcome = got(room.apply(operators(update)));

        // Then
        assertEquals(1, applied(outcome));
        await().until(() -> socket.sent().size() == 2);
        assertEquals(Map.of("a", 1L), read(socket.sent()).getMap("data").toJson());
    }

    @Test
    void writes_beyondTheMailbox_areRefusedAndTheOthersKept() {
        // Given
        WebspaceRoom room = rooms.room();
        rooms.store.hold();
        put(room, "first", 0);
        await().until(() -> rooms.store.held() == 1);

        // When
        List<CompletionStage<WriteOutcome>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(put(room, "skill:noisy", "k" + i, i));
        }
        CompletionStage<WriteOutcome> quiet = put(room, "skill:quiet", "q", 1);
        rooms.store.release();

        // Then
        assertEquals(2, applied(got(quiet)));
        long refused = answers.stream().map(RoomFixture::got)
                .filter(WriteOutcome.Refused.class::isInstance).count();
        assertEquals(2, refused);
    }

    @Test
    void webspace_thatDoesNotExist_hasNoRoomUntilItIsCreated() {
        // Given
        WebspaceId lab = new WebspaceId("lab");

        // When
        Optional<WebspaceRoom> before = got(rooms.directory().room(lab));
        got(rooms.directory().create(lab, "user:admin"));

        // Then
        assertTrue(before.isEmpty());
        assertTrue(got(rooms.directory().room(lab)).isPresent());
    }

    private FakeTransport joined(WebspaceRoom room) {
        FakeTransport socket = new FakeTransport();
        RoomMember member = member(socket);
        members.put(socket, member);
        room.join(member);
        await().until(() -> socket.sent().size() == 1);
        return socket;
    }

    private RoomMember memberOf(FakeTransport socket) {
        return members.get(socket);
    }

    private static ClientUpdate operators(byte[] update) {
        return new PlainUpdate("core:operator", update);
    }

    /** An update of somebody who may only read. */
    private record Unwanted(byte[] bytes) implements ClientUpdate {
        @Override
        public String owner() {
            return "user:reader";
        }

        @Override
        public boolean admits(UpdatePreview effect, long generation) {
            return false;
        }
    }

    /** An update whose sender has sent another one before, which was not applied. */
    private static final class Following implements ClientUpdate {
        private final byte[] own;
        private final byte[] whole;
        private List<String> touched = List.of();

        Following(byte[] own, byte[] whole) {
            this.own = own;
            this.whole = whole;
        }

        List<String> touched() {
            return touched;
        }

        @Override
        public String owner() {
            return "skill:painter";
        }

        @Override
        public byte[] bytes() {
            return own;
        }

        @Override
        public byte[] withEarlier() {
            return whole;
        }

        @Override
        public boolean admits(UpdatePreview effect, long generation) {
            touched = effect.touched().stream().map(DocPath::toString).sorted().toList();
            return true;
        }
    }

    private byte[] wholeState(WebspaceRoom room) {
        FakeTransport socket = joined(room);
        room.answerStep1(memberOf(socket), StateVector.EMPTY);
        await().until(() -> socket.sent().size() == 2);
        return read(socket.sent()).encodeStateAsUpdate();
    }

    private static long applied(WriteOutcome outcome) {
        return assertInstanceOf(WriteOutcome.Applied.class, outcome).generation();
    }
}
