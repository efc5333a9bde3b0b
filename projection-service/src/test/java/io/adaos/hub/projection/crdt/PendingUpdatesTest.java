package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingUpdatesTest {
    private final Doc author = new Doc(1);

    /** So many updates that append one number each. */
    private List<byte[]> appends(int count) {
        List<byte[]> updates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int value = i;
            updates.add(author.transact("test", transaction ->
                    author.getArray("a").push(transaction, value)));
        }
        return updates;
    }

    @Test
    void apply_backwards_waitsAndThenBringsEverything() throws MalformedUpdateException {
        // Given
        List<byte[]> updates = appends(5);
        Doc reader = new Doc(2);
        for (int i = 4; i > 0; i--) {
            assertEquals(0, reader.apply(updates.get(i), "test").length);
        }
        assertTrue(reader.hasPending());
        assertEquals(4, reader.pendingStructCount());

        // When
        byte[] update = reader.apply(updates.get(0), "test");

        // Then
        assertFalse(reader.hasPending());
        assertArrayEquals(author.encodeStateAsUpdate(), update);
    }

    @Test
    void encode_withPending_handsItToOthers() throws MalformedUpdateException {
        // Given
        List<byte[]> updates = appends(3);
        Doc gapped = new Doc(2);
        gapped.apply(updates.get(0), "test");
        gapped.apply(updates.get(2), "test");

        // When
        Doc third = new Doc(3);
        third.apply(gapped.encodeStateAsUpdate(), "test");
        third.apply(updates.get(1), "test");

        // Then
        assertEquals(Map.of("a", List.of(0L, 1L, 2L)), third.toJson());
        assertFalse(third.hasPending());
    }

    @Test
    void delete_beforeItsUnits_isCarriedOutWhenTheyCome() throws MalformedUpdateException {
        // Given
        byte[] insert = appends(1).get(0);
        byte[] delete = author.transact("test", transaction ->
                author.getArray("a").remove(transaction, 0, 1));
        Doc reader = new Doc(2);

        // When
        reader.apply(delete, "test");
        boolean waited = reader.hasPending();
        reader.apply(insert, "test");

        // Then
        assertTrue(waited);
        assertFalse(reader.hasPending());
        assertEquals(0, reader.getArray("a").size());
        assertArrayEquals(author.encodeStateAsUpdate(), reader.encodeStateAsUpdate());
    }

    @Test
    void apply_moreThanMayWait_isRefusedAndLeavesNoTrace() throws MalformedUpdateException {
        // Given
        List<byte[]> updates = appends(4);
        Doc reader = new Doc(2, DecodeLimits.DEFAULT, new PendingLimits(2, 2, 1000));
        reader.apply(updates.get(2), "test");
        reader.apply(updates.get(3), "test");
        Doc strict = new Doc(3, DecodeLimits.DEFAULT, PendingLimits.NONE);
        byte[] before = reader.encodeStateAsUpdate();
        byte[] delete = author.transact("test", transaction ->
                author.getArray("a").remove(transaction, 0, 1));

        // Then
        assertThrows(MalformedUpdateException.class, () -> strict.apply(updates.get(1), "test"));
        assertThrows(MalformedUpdateException.class, () -> strict.apply(delete, "test"));
        assertThrows(MalformedUpdateException.class, () -> reader.apply(updates.get(1), "test"));
        assertArrayEquals(before, reader.encodeStateAsUpdate());
    }

    @Test
    void apply_aLongGap_costsInProportion() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            // Given
            List<byte[]> updates = appends(20_000);
            Doc reader = new Doc(2);

            // When
            for (int i = 1; i < updates.size(); i++) {
                reader.apply(updates.get(i), "test");
            }
            reader.apply(updates.get(0), "test");

            // Then
            assertEquals(20_000, reader.getArray("a").size());
        });
    }

    @Test
    void expire_whatWaitsTooLong_isDroppedAndComesAgainWithAStep1()
            throws MalformedUpdateException {
        // Given
        List<byte[]> updates = appends(3);
        byte[] delete = author.transact("test", transaction ->
                author.getArray("a").remove(transaction, 0, 1));
        Doc reader = new Doc(2, DecodeLimits.DEFAULT, new PendingLimits(9, 9, 9000, 1000));
        reader.apply(updates.get(1), "test");
        reader.apply(delete, "test");

        // When
        ExpiredPending first = reader.expirePending(50_000);
        ExpiredPending young = reader.expirePending(51_000);
        ExpiredPending old = reader.expirePending(51_001);

        // Then
        assertTrue(first.isEmpty() && young.isEmpty());
        assertEquals(new ExpiredPending(1, 1), old);
        assertFalse(reader.hasPending());
        assertEquals(0, new Doc(3).encodeStateAsUpdate().length
                - reader.encodeStateAsUpdate().length);
        reader.apply(author.encodeStateAsUpdate(reader.stateVector()), "test");
        assertArrayEquals(author.encodeStateAsUpdate(), reader.encodeStateAsUpdate());
    }

    @Test
    void expire_gapsThatHeal_neverGrowOld() throws MalformedUpdateException {
        // Given
        List<byte[]> updates = appends(100);
        Doc reader = new Doc(2, DecodeLimits.DEFAULT, new PendingLimits(9, 9, 9000, 1000));

        // When: there is a gap at every look, but never the same one
        int dropped = 0;
        for (int i = 1; i < 100; i += 2) {
            reader.apply(updates.get(i), "test");
            dropped += reader.expirePending(i * 700L).structs();
            reader.apply(updates.get(i - 1), "test");
        }

        // Then
        assertEquals(0, dropped);
        assertArrayEquals(author.encodeStateAsUpdate(), reader.encodeStateAsUpdate());
    }
}
