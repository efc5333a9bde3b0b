package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedTypesTest {
    private final Doc doc = new Doc(1);

    @Test
    void map_setGetRemove_behavesAsAMap() {
        // Given
        YMap map = doc.getMap("m");

        // When
        doc.transact("test", transaction -> {
            map.set(transaction, "a", 1);
            map.set(transaction, "b", null);
            map.set(transaction, "c", new byte[] {1, 2});
            map.set(transaction, "a", 2.5);
            map.set(transaction, "d", "gone");
            map.remove(transaction, "d");
        });

        // Then
        assertEquals(2.5, map.get("a"));
        assertNull(map.get("b"));
        assertTrue(map.has("b"));
        assertFalse(map.has("d"));
        assertArrayEquals(new byte[] {1, 2}, (byte[]) map.get("c"));
        assertEquals(Set.of("a", "b", "c"), map.keys());
        assertEquals(3, map.size());
    }

    @Test
    void map_value_isCopiedAndCannotBeChanged() {
        // Given
        List<Object> value = new ArrayList<>(List.of(1));
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "k", value));

        // When
        value.add(2);

        // Then
        List<?> held = (List<?>) doc.getMap("m").get("k");
        assertEquals(List.of(1L), held);
        assertThrows(RuntimeException.class, held::clear);
    }

    @Test
    void nestedTypes_deletedWithTheirParent_refuseToBeWritten() {
        // Given
        YMap[] nested = new YMap[1];
        doc.transact("test", transaction -> {
            nested[0] = doc.getMap("m").setMap(transaction, "k");
            nested[0].setArray(transaction, "list").push(transaction, 1);
        });
        assertSame(nested[0], doc.getMap("m").get("k"));

        // When
        doc.transact("test", transaction -> doc.getMap("m").remove(transaction, "k"));

        // Then
        assertTrue(nested[0].isDeleted());
        assertEquals(0, nested[0].size());
        assertThrows(AbortedTransactionException.class, () -> doc.transact("test",
                transaction -> nested[0].set(transaction, "x", 1)));
        assertEquals(0, doc.liveItemCount());
    }

    @Test
    void array_mixedContents_keepTheirOrder() {
        // Given
        YArray array = doc.getArray("a");

        // When
        doc.transact("test", transaction -> {
            array.insert(transaction, 0, Arrays.asList(1, "x", new byte[] {7}, null));
            array.insertMap(transaction, 2).set(transaction, "in", true);
            array.pushAll(transaction, List.of(8, 9));
            array.pushArray(transaction).push(transaction, "deep");
            array.remove(transaction, 0, 1);
        });

        // Then
        assertEquals(7, array.size());
        assertEquals("x", array.get(0));
        assertEquals(Map.of("in", true), ((YMap) array.get(1)).toJson());
        assertEquals(List.of("deep"), ((YArray) array.get(6)).toJson());
        assertEquals(9L, array.get(5));
        assertEquals(array.size(), array.toList().size());
    }

    @Test
    void array_indexOutOfRange_isRefusedBeforeAnythingChanges() {
        // Given
        YArray array = doc.getArray("a");
        doc.transact("test", transaction -> array.push(transaction, 1));
        byte[] before = doc.encodeStateAsUpdate();

        // Then
        assertThrows(IndexOutOfBoundsException.class, () -> array.get(1));
        assertThrows(AbortedTransactionException.class, () -> doc.transact("test",
                transaction -> array.insert(transaction, 2, List.of(1))));
        assertThrows(AbortedTransactionException.class, () -> doc.transact("test",
                transaction -> array.remove(transaction, 0, 2)));
        assertArrayEquals(before, doc.encodeStateAsUpdate());
    }

    @Test
    void text_cutInsideASurrogatePair_losesItOnEveryReplica() throws MalformedUpdateException {
        // Given
        YText text = doc.getText("t");
        Doc reader = new Doc(2);
        reader.apply(doc.transact("test", transaction ->
                text.insert(transaction, 0, "a\uD83D\uDE00b")), "test");

        // When
        reader.apply(doc.transact("test", transaction ->
                text.insert(transaction, 2, "-")), "test");

        // Then
        assertEquals("a\uFFFD-\uFFFDb", text.toString());
        assertEquals(text.toString(), reader.getText("t").toString());
    }

    @Test
    void json_undefinedAndSubdocuments_arePlainForUsers() {
        // Given
        doc.transact("test", transaction -> {
            doc.getMap("m").set(transaction, "u", Arrays.asList(AnyValue.UNDEFINED, 1));
            doc.getMap("m").set(transaction, "d", new Subdocument("guid-1", Map.of()));
        });

        // When
        Map<String, Object> json = doc.getMap("m").toJson();

        // Then
        assertEquals(Arrays.asList(null, 1L), json.get("u"));
        assertEquals("guid-1", json.get("d"));
        assertEquals(new Subdocument("guid-1", Map.of()), doc.getMap("m").get("d"));
    }
}
