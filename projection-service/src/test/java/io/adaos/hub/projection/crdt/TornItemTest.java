package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forged items that begin with units which the document knows as collected. */
class TornItemTest {
    private static final ClientStructs WRITER = new ClientStructs(5);
    private static final ClientStructs OTHER = new ClientStructs(6);
    private static final byte[] COLLECTED = update(WRITER, new Gc(WRITER, 0, 3));

    private static byte[] update(ClientStructs client, Struct... structs) {
        return UpdateWriter.encodeBlocks(List.of(new StructBlock(client, List.of(structs))),
                new DeleteSet.Builder().build());
    }

    private static Item inRoot(ClientStructs client, long clock, String text) {
        Item item = new Item(client, clock, ContentString.of(text));
        item.parent = new Parent.RootName("t");
        return item;
    }

    private static Doc docWithCollected() throws MalformedUpdateException {
        Doc doc = new Doc(1);
        doc.getText("t");
        doc.apply(COLLECTED, "test");
        return doc;
    }

    @Test
    void apply_restOfCollectedUnitsInLivingType_isRefusedAsByYjs()
            throws MalformedUpdateException {
        // Given
        byte[] forged = update(WRITER, inRoot(WRITER, 1, "abcd"));
        Doc doc = docWithCollected();
        byte[] before = doc.encodeStateAsUpdate();

        // When
        assertThrows(MalformedUpdateException.class, () -> doc.apply(forged, "test"));

        // Then
        assertArrayEquals(before, doc.encodeStateAsUpdate());
        assertThrows(MalformedUpdateException.class, () -> doc.previewOf(forged, 10));
        try (YjsProcess yjs = new YjsProcess()) {
            Map<String, Object> answer = yjs.ask(Map.of("do", "judge",
                    "roots", Map.of("t", "text"),
                    "history", List.of(Base64.getEncoder().encodeToString(COLLECTED)),
                    "update", Base64.getEncoder().encodeToString(forged)));
            assertEquals(false, answer.get("taken"));
        }
    }

    @Test
    void apply_restOfCollectedUnitsBehindThem_isCollectedToo() throws MalformedUpdateException {
        // Given
        Item item = new Item(WRITER, 2, ContentString.of("abc"));
        item.setOrigin(WRITER, 1);
        Doc doc = docWithCollected();

        // When
        doc.apply(update(WRITER, item), "test");

        // Then
        assertEquals(5, doc.stateVector().clockOf(WRITER.id));
        assertEquals(1, doc.structCount());
    }

    @Test
    void waitingRest_whenItsNeighbourComes_isDropped() throws MalformedUpdateException {
        // Given
        Item forged = new Item(WRITER, 1, ContentString.of("abcd"));
        forged.setOrigin(OTHER, 0);
        Doc doc = docWithCollected();
        doc.apply(update(WRITER, forged), "test");
        assertTrue(doc.hasPending());

        // When
        doc.apply(update(OTHER, inRoot(OTHER, 0, "X")), "test");

        // Then
        assertEquals("X", doc.getText("t").toString());
        assertEquals(3, doc.stateVector().clockOf(WRITER.id));
        assertFalse(doc.hasPending());
    }
}
