package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateMergeTest {
    private final Doc author = new Doc(1);

    private byte[] append(String text) {
        return author.transact("test", transaction ->
                author.getText("t").insert(transaction, author.getText("t").length(), text));
    }

    private static String textOf(byte[]... updates) throws MalformedUpdateException {
        Doc doc = new Doc(2);
        for (byte[] update : updates) {
            doc.apply(update, "test");
        }
        assertFalse(doc.hasPending());
        return doc.getText("t").toString();
    }

    @Test
    void merge_oneUpdate_isThatUpdate() throws MalformedUpdateException {
        // Given
        byte[] update = append("x");

        // Then
        assertSame(update, UpdateMerge.merge(List.of(update)));
    }

    @Test
    void merge_withAHole_keepsWhatStandsBehindIt() throws MalformedUpdateException {
        // Given
        byte[] first = append("one ");
        byte[] second = append("two ");
        byte[] third = append("three");

        // When
        byte[] holed = UpdateMerge.merge(List.of(third, first));

        // Then
        assertEquals(Map.of(1L, 4L), DocUpdate.stateVector(holed).entries());
        assertEquals("one two three", textOf(holed, second));
        assertEquals("one two three", textOf(second, holed));
    }

    @Test
    void merge_overlappingUpdates_isCutWhereTheyMeet() throws MalformedUpdateException {
        // Given
        append("abc");
        byte[] early = author.encodeStateAsUpdate();
        append("def");
        byte[] late = author.encodeStateAsUpdate();

        // When
        byte[] merged = UpdateMerge.merge(List.of(early, late));

        // Then
        assertEquals("abcdef", textOf(merged));
    }

    @Test
    void diff_insideARun_isCutThere() throws MalformedUpdateException {
        // Given
        byte[] first = append("abc");
        append("def");

        // When
        byte[] diff = UpdateDiff.diff(
                author.encodeStateAsUpdate(), DocUpdate.stateVector(first));

        // Then
        assertEquals("abcdef", textOf(first, diff));
        assertArrayEquals(diff,
                author.encodeStateAsUpdate(StateVector.of(Map.of(1L, 3L))));
        assertTrue(DocUpdate.isEmpty(UpdateDiff.diff(
                author.encodeStateAsUpdate(), author.stateVector())));
    }

    @Test
    void merge_manyUpdates_equalsTheDocument() throws MalformedUpdateException {
        // Given
        List<byte[]> updates = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            updates.add(append("word" + i + " "));
        }

        // When
        byte[] merged = UpdateMerge.merge(updates);

        // Then
        Doc doc = new Doc(2);
        doc.apply(merged, "test");
        assertArrayEquals(author.encodeStateAsUpdate(), doc.encodeStateAsUpdate());
    }

    @Test
    void check_bytesThatAreNoUpdate_areRefused() {
        assertThrows(MalformedUpdateException.class,
                () -> DocUpdate.check(new byte[] {1, 2, 3}, DecodeLimits.DEFAULT));
        assertThrows(MalformedUpdateException.class,
                () -> UpdateMerge.merge(List.of(new byte[0], new byte[0])));
    }
}
