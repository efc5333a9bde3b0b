package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes whose writers were told that they are held, while the log takes nothing. */
class OwedWritesTest {

    private final RoomFixture rooms = new RoomFixture();

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void write_owedToItsWriterWhenTheLogFails_waitsAndIsDone() {
        // Given
        WebspaceRoom room = rooms.room();
        rooms.store.hold();
        CompletionStage<WriteOutcome> underWay = put(room, "skill:a", "first", 1);
        await().until(() -> rooms.store.held() == 1);
        RoomWrite owed = write("owed");
        CompletionStage<WriteOutcome> kept = room.write(owed);
        CompletionStage<WriteOutcome> other = room.write(write("other"));
        assertTrue(owed.promise().give());

        // When
        rooms.store.failing(true);
        rooms.store.release();

        // Then
        WriteOutcome.Refused refused = assertInstanceOf(WriteOutcome.Refused.class, got(other));
        assertEquals(WriteOutcome.Reason.STORE_UNAVAILABLE, refused.reason());
        assertFalse(kept.toCompletableFuture().isDone());
        rooms.store.failing(false);
        assertInstanceOf(WriteOutcome.Applied.class, got(underWay));
        assertInstanceOf(WriteOutcome.Applied.class, got(kept));
        assertEquals(Map.of("first", 1L, "owed", 1L),
                got(room.state()).document().get("data"));
    }

    @Test
    void promise_ofAWriteThatIsRefused_cannotBeGivenAnyMore() {
        // Given
        WebspaceRoom room = rooms.room();
        rooms.store.failing(true);
        put(room, "skill:a", "first", 1);
        await().until(() -> !room.health().logAvailable());
        RoomWrite late = write("late");

        // When
        WriteOutcome outcome = got(room.write(late));

        // Then
        assertInstanceOf(WriteOutcome.Refused.class, outcome);
        assertFalse(late.promise().give());
    }

    private static RoomWrite write(String key) {
        return new RoomWrite("skill:a", "test",
                List.of(new BranchWrite.Put(List.of("data", key), 1)), 10);
    }
}
