package io.adaos.hub.projection.room.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.Doc;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final long MILLIS = 1_000_000;

    private final Doc source = new Doc(7);
    private final Gathering gathering = new Gathering(Duration.ofMillis(20), 0);

    @Test
    void batch_thatComesAlone_isDueAtOnceAndUnchanged() {
        // Given
        byte[] update = change("a", 1);

        // When
        gathering.add(update);

        // Then
        assertTrue(gathering.isDue(0));
        assertArrayEquals(update, gathering.take(0));
        assertTrue(gathering.isEmpty());
    }

    @Test
    void batches_withinTheWindow_areDueAtItsEndAsOneUpdate() throws Exception {
        // Given
        gathering.add(change("a", 1));
        byte[] first = gathering.take(0);

        // When
        gathering.add(change("b", 2));
        boolean timer = gathering.isFirst();
        gathering.add(change("a", 3));
        boolean secondTimer = gathering.isFirst();

        // Then
        assertTrue(timer);
        assertFalse(secondTimer);
        assertFalse(gathering.isDue(19 * MILLIS));
        assertEquals(Duration.ofMillis(15), gathering.pause(5 * MILLIS));
        assertTrue(gathering.isDue(20 * MILLIS));
        Doc reader = new Doc(8);
        reader.apply(first, "test");
        reader.apply(gathering.take(20 * MILLIS), "test");
        assertEquals(Map.of("a", 3L, "b", 2L), reader.getMap("data").toJson());
    }

    @Test
    void manyBytes_doNotWait() {
        // Given
        gathering.add(change("a", 1));
        gathering.take(0);

        // When
        gathering.add(change("b", "x".repeat(1 << 20)));

        // Then
        assertTrue(gathering.isDue(1));
    }

    private byte[] change(String key, Object value) {
        return source.transact("test", tx -> source.getMap("data").set(tx, key, value));
    }
}
