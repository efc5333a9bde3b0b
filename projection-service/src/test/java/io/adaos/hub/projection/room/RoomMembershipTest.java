package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.acknowledging;
import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.member;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static io.adaos.hub.projection.room.RoomFixture.read;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.room.member.RoomMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets that come, ask and go while the room is at work. */
class RoomMembershipTest {

    private static final int GENERATION = 65;

    private final RoomFixture rooms = new RoomFixture();

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void questions_whileTheWriterIsBusy_getOneAnswer() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = new FakeTransport();
        RoomMember member = member(socket);
        room.join(member);
        await().until(() -> socket.sent().size() == 1);
        rooms.store.hold();
        CompletionStage<WriteOutcome> write = put(room, "a", 1);
        await().until(() -> rooms.store.held() == 1);

        // When
        for (int i = 0; i < 100; i++) {
            room.answerStep1(member, StateVector.EMPTY);
        }
        rooms.store.release();
        got(write);
        got(room.state());

        // Then
        assertEquals(3, socket.sent().size(), "the question, the update, one answer");
        assertEquals(Map.of("a", 1L), read(socket.sent()).getMap("data").toJson());
    }

    @Test
    void member_thatLeavesBeforeItsJoinIsCarriedOut_isNotKept() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = new FakeTransport();
        RoomMember member = member(socket);
        rooms.store.hold();
        CompletionStage<WriteOutcome> write = put(room, "a", 1);
        await().until(() -> rooms.store.held() == 1);

        // When
        room.join(member);
        room.leave(member);
        rooms.store.release();
        got(write);

        // Then
        assertEquals(0, got(room.memberCount()));
        assertTrue(socket.sent().isEmpty());
    }

    @Test
    void generation_isToldAfterTheDocumentThatHoldsIt() {
        // Given
        WebspaceRoom room = rooms.room();
        got(put(room, "a", 1));
        FakeTransport socket = new FakeTransport();
        RoomMember member = acknowledging(socket);

        // When
        room.join(member);
        got(put(room, "b", 2));
        room.tick();
        room.answerStep1(member, StateVector.EMPTY);
        got(put(room, "c", 3));

        // Then
        List<String> told = socket.sent().stream()
                .map(frame -> frame[0] == GENERATION ? "generation " + frame[1] : "document")
                .toList();
        List<String> documents = List.of("document", "document", "document");
        assertEquals(documents, told.subList(0, 3), "a join, a write, the answer: " + told);
        // the heartbeat may come just before or just after the answer
        assertEquals(List.of("generation 2", "document", "generation 3"),
                told.subList(3, told.size()).stream().distinct().toList());
    }

    @Test
    void materialized_waitsForEveryClientThatAcknowledges() {
        // Given
        WebspaceRoom room = rooms.room();
        RoomMember first = acknowledging(new FakeTransport());
        RoomMember second = acknowledging(new FakeTransport());
        RoomMember plain = member(new FakeTransport());
        for (RoomMember each : List.of(first, second, plain)) {
            room.join(each);
            room.answerStep1(each, StateVector.EMPTY);
        }
        got(put(room, "a", 1));

        // When
        CompletableFuture<Integer> answer = room.materialized(1).toCompletableFuture();
        room.acknowledged(first, 1);
        got(room.memberCount());
        boolean early = answer.isDone();
        room.acknowledged(second, 1);

        // Then
        assertFalse(early);
        assertEquals(2, got(answer));
    }

    @Test
    void materialized_withNobodyWhoAcknowledges_saysSoAtOnce() {
        // Given
        WebspaceRoom room = rooms.room();
        room.join(member(new FakeTransport()));

        // When
        CompletionStage<Integer> answer = room.materialized(0);

        // Then
        assertEquals(0, got(answer));
    }

    @Test
    void materialized_whenTheLastOneMissingLeaves_isReached() {
        // Given
        WebspaceRoom room = rooms.room();
        RoomMember silent = acknowledging(new FakeTransport());
        room.join(silent);
        room.answerStep1(silent, StateVector.EMPTY);
        got(put(room, "a", 1));
        CompletionStage<Integer> answer = room.materialized(1);

        // When
        room.leave(silent);

        // Then
        assertEquals(0, got(answer));
    }

    @Test
    void materialized_whenTheRoomEnds_fails() {
        // Given
        WebspaceRoom room = rooms.room();
        RoomMember silent = acknowledging(new FakeTransport());
        room.join(silent);
        room.answerStep1(silent, StateVector.EMPTY);
        got(put(room, "a", 1));
        CompletionStage<Integer> answer = room.materialized(1);

        // When
        room.close(CloseReason.RESTART);

        // Then
        assertThrows(CompletionException.class, () -> got(answer));
        assertThrows(CompletionException.class, () -> got(room.materialized(1)));
    }

    @Test
    void store_thatThrows_endsTheRoomAndItsClientsReconnect() {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = new FakeTransport();
        room.join(member(socket));
        await().until(() -> socket.sent().size() == 1);
        rooms.store.breakDown();

        // When
        WriteOutcome outcome = got(put(room, "a", 1));

        // Then
        assertEquals(WriteOutcome.Reason.ROOM_CLOSED,
                assertInstanceOf(WriteOutcome.Refused.class, outcome).reason());
        await().until(() -> socket.closed().equals(Optional.of(CloseReason.RESTART)));
        assertFalse(room.health().logAvailable());
    }

    @Test
    void log_thatCannotBeWritten_isSaidToBeUnavailable() {
        // Given
        WebspaceRoom room = rooms.room();
        got(put(room, "a", 1));
        boolean before = room.health().logAvailable();
        rooms.store.failing(true);

        // When
        CompletionStage<WriteOutcome> waiting = put(room, "b", 2);

        // Then
        assertTrue(before);
        await().until(() -> !room.health().logAvailable());
        rooms.store.failing(false);
        got(waiting);
        assertTrue(room.health().logAvailable());
    }

    @Test
    void existence_ofAWebspace_isToldWithoutOpeningIt() {
        // Given
        RoomDirectory directory = rooms.directory();

        // When
        boolean desktop = got(directory.exists(WebspaceId.DESKTOP));
        boolean nowhere = got(directory.exists(new WebspaceId("nowhere")));

        // Then
        assertTrue(desktop);
        assertFalse(nowhere);
    }
}
