package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks and lengths beyond 32 bits, which structs keep in another form than all others. */
class FarClocksTest {
    private static final Map<String, String> ROOTS = Map.of("t", "text");
    private static final DeleteSet NO_DELETES = new DeleteSet.Builder().build();

    private static final ClientStructs WRITER = new ClientStructs(5);
    private static final ClientStructs OTHER = new ClientStructs(6);

    private static byte[] update(ClientStructs client, Struct... structs) {
        return UpdateWriter.encodeBlocks(
                List.of(new StructBlock(client, List.of(structs))), NO_DELETES);
    }

    private static Item first(ClientStructs client, long clock, Content content) {
        Item item = new Item(client, clock, content);
        item.parent = new Parent.RootName("t");
        return item;
    }

    private static Item behind(Struct left, ClientStructs client, long clock, Content content) {
        Item item = new Item(client, clock, content);
        item.setOrigin(left.client(), left.end() - 1);
        return item;
    }

    private static ContentString text(String text) {
        return ContentString.of(text);
    }

    /** A text whose units begin at a clock, with an insertion and a deletion in its middle. */
    private static List<byte[]> history(long clock) {
        Gc before = new Gc(WRITER, 0, clock);
        Item text = first(WRITER, clock, text("abcd"));
        Item more = behind(text, WRITER, text.end(), text("ef"));
        Item between = new Item(OTHER, 0, text("X"));
        between.setOrigin(WRITER, clock + 1);
        between.setRightOrigin(WRITER, clock + 2);
        DeleteSet.Builder deleted = new DeleteSet.Builder();
        deleted.add(WRITER.id, clock + 3, 2);
        return List.of(update(WRITER, before, text), update(WRITER, more),
                update(OTHER, between), UpdateWriter.encodeBlocks(List.of(), deleted.build()));
    }

    private static Doc docOf(List<byte[]> updates) throws MalformedUpdateException {
        Doc doc = new Doc(1);
        doc.getText("t");
        for (byte[] update : updates) {
            doc.apply(update, "test");
        }
        return doc;
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 32) - 3, (1L << 32) - 2, 1L << 32, (1L << 40) + 7,
        (1L << 53) - 10})
    void text_atFarClocks_isThatOfYjs(long clock) throws MalformedUpdateException {
        // Given
        List<byte[]> updates = history(clock);
        List<String> encoded = new ArrayList<>(
                updates.stream().map(Base64.getEncoder()::encodeToString).toList());

        // When
        Doc doc = docOf(updates);

        // Then
        assertEquals("abXcf", doc.getText("t").toString());
        assertEquals(clock + 6, doc.stateVector().clockOf(WRITER.id));
        assertEquals("abXcf", docOf(List.of(doc.encodeStateAsUpdate())).getText("t").toString());
        assertArrayEquals(doc.encodeStateAsUpdate(),
                docOf(List.of(UpdateMerge.merge(updates))).encodeStateAsUpdate());
        try (YjsProcess yjs = new YjsProcess()) {
            String last = encoded.remove(encoded.size() - 1);
            Map<String, Object> answer = yjs.ask(Map.of("do", "judge", "roots", ROOTS,
                    "history", encoded, "update", last));
            assertEquals(answer.get("view"), FuzzView.of(doc, ROOTS));
            assertArrayEquals(Vectors.base64(answer.get("vector")), doc.stateVector().encode());
        }
    }

    @Test
    void items_atFarClocks_joinAsAnyOthers() throws MalformedUpdateException {
        // Given
        long clock = (1L << 32) - 1;
        Item text = first(WRITER, clock, text("ab"));
        Item more = behind(text, WRITER, text.end(), text("cd"));

        // When
        Doc doc = docOf(List.of(update(WRITER, new Gc(WRITER, 0, clock), text),
                update(WRITER, more)));

        // Then
        assertEquals(2, doc.structCount());
        assertEquals("abcd", doc.getText("t").toString());
    }

    @Test
    void lengths_beyond32Bits_areKept() throws MalformedUpdateException {
        // Given
        List<Long> lengths = List.of((1L << 31) - 1, 5L, 1L << 33, 1L);
        List<byte[]> updates = new ArrayList<>();
        Item item = null;
        long clock = 0;
        for (long length : lengths) {
            Content content = ContentDeleted.of(length);
            item = item == null ? first(WRITER, clock, content)
                    : behind(item, WRITER, clock, content);
            updates.add(update(WRITER, item));
            clock += length;
        }

        // When
        Doc doc = docOf(updates);

        // Then
        assertEquals(1, doc.structCount());
        assertEquals(clock, doc.stateVector().clockOf(WRITER.id));
        assertEquals(clock, docOf(List.of(doc.encodeStateAsUpdate())).stateVector()
                .clockOf(WRITER.id));
    }

    @Test
    void origins_inFarRanges_areComparedByTheirClocks() {
        // Given
        long clock = 1L << 35;
        List<Item> items = Stream.of(clock, clock, clock + (1L << 32), 0L).map(origin -> {
            Item item = new Item(OTHER, 0, text("x"));
            item.setOrigin(WRITER, origin);
            return item;
        }).toList();

        // When
        List<Boolean> same = items.stream().map(items.get(0)::hasSameOrigin).toList();

        // Then
        assertEquals(List.of(true, true, false, false), same);
    }
}
