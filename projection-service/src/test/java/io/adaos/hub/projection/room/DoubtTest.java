package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.member;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.member.FakeTransport;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A room that does not know whether it is still the owner. */
class DoubtTest {

    private final RoomFixture rooms = new RoomFixture();

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void room_inDoubt_refusesWritesServesReadersAndComesBack() {
        // Given
        WebspaceRoom room = rooms.room();
        got(put(room, "a", 1));

        // When
        rooms.store.deaf(true);
        await().until(() -> !room.health().logAvailable());

        // Then
        WriteOutcome.Refused refused =
                assertInstanceOf(WriteOutcome.Refused.class, got(put(room, "b", 2)));
        assertEquals(WriteOutcome.Reason.STORE_UNAVAILABLE, refused.reason());
        assertEquals(Map.of("a", 1L), got(room.state()).document().get("data"));
        rooms.store.deaf(false);
        await().until(() -> room.health().logAvailable());
        assertEquals(2, RoomFixture.generation(got(put(room, "b", 2))));
    }

    @Test
    void append_thatIsAnsweredInDoubt_isToldOnlyWhenTheRoomKnows() throws InterruptedException {
        // Given
        WebspaceRoom room = rooms.room();
        FakeTransport socket = new FakeTransport();
        room.join(member(socket));
        await().until(() -> socket.sent().size() == 1);
        rooms.store.hold();
        CompletionStage<WriteOutcome> answer = put(room, "a", 1);
        await().until(() -> rooms.store.held() == 1);

        // When
        rooms.store.deaf(true);
        await().until(() -> !room.tenure().isCertain());
        rooms.store.release();
        Thread.sleep(200);

        // Then
        assertFalse(answer.toCompletableFuture().isDone());
        assertEquals(1, socket.sent().size());
        rooms.store.deaf(false);
        assertEquals(1, RoomFixture.generation(got(answer)));
        await().until(() -> socket.sent().size() == 2);
    }
}
