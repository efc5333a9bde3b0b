package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RichTextTest {
    private static final Map<String, Object> BOLD = Map.of("bold", true);
    private static final Map<String, Object> NOT_BOLD = Collections.singletonMap("bold", null);

    private final Doc doc = new Doc(1);
    private final YText text = doc.getText("t");

    private byte[] edit(Consumer<Transaction> work) {
        return doc.transact("test", work);
    }

    private static TextRun run(Object insert, Map<String, Object> attributes) {
        return new TextRun(insert, attributes);
    }

    @Test
    void insert_insideAndOutsideAttributes_inheritsOrSetsThem() {
        // Given
        edit(transaction -> text.insert(transaction, 0, "bold", BOLD));

        // When
        edit(transaction -> text.insert(transaction, 2, "-"));
        edit(transaction -> text.insert(transaction, 5, "plain", Map.of()));
        edit(transaction -> text.insert(transaction, 0, "", BOLD));

        // Then
        assertEquals(List.of(run("bo-ld", BOLD), run("plain", Map.of())), text.runs());
    }

    @Test
    void format_thatIsTakenBack_leavesNoLiveMarks() {
        // Given
        edit(transaction -> text.insert(transaction, 0, "some text"));

        // When
        edit(transaction -> text.format(transaction, 2, 4, BOLD));
        int marked = doc.liveItemCount();
        edit(transaction -> text.format(transaction, 0, 9, NOT_BOLD));

        // Then
        assertEquals(5, marked);
        assertEquals(List.of(run("some text", Map.of())), text.runs());
        assertEquals(0, marksOf(text));
    }

    @Test
    void delete_ofAllThatIsFormatted_deletesItsMarks() {
        // Given
        edit(transaction -> {
            text.insert(transaction, 0, "ac");
            text.insert(transaction, 1, "b", Map.of("bold", true, "em", 1));
        });

        // When
        edit(transaction -> text.delete(transaction, 1, 1));

        // Then
        assertEquals("ac", text.toString());
        assertEquals(0, marksOf(text));
    }

    private static long marksOf(YText text) {
        long marks = 0;
        for (Item item = text.node.start; item != null; item = item.right) {
            marks += !item.isDeleted() && item.content() instanceof ContentFormat ? 1 : 0;
        }
        return marks;
    }

    @Test
    void embeds_plainAndShared_countAsOneUnit() throws MalformedUpdateException {
        // Given
        Doc reader = new Doc(2);
        Map<String, Object> image = Map.of("image", "a.png");

        // When
        byte[] update = edit(transaction -> {
            text.insert(transaction, 0, "ab");
            text.insertEmbed(transaction, 1, image, BOLD);
            text.insertNew(transaction, 2, NewType.MAP.with(map ->
                    map.set(transaction, "k", 1)), Map.of());
        });
        reader.apply(update, "test");

        // Then
        assertEquals(4, text.length());
        List<TextRun> runs = reader.getText("t").runs();
        assertEquals(run(image, BOLD), runs.get(1));
        assertEquals(Map.of("k", 1L), ((YMap) runs.get(2).insert()).toJson());
    }

    @Test
    void apply_changesInARow_goFromHeadToEnd() {
        // Given
        edit(transaction -> text.insert(transaction, 0, "Gandalf the Grey"));

        // When
        edit(transaction -> text.apply(transaction, List.of(
                new TextChange.Retain(7, BOLD),
                new TextChange.Retain(5, Map.of()),
                new TextChange.Insert("White", Map.of("em", true)),
                new TextChange.Delete(4))));

        // Then
        assertEquals(List.of(run("Gandalf", BOLD), run(" the ", Map.of()),
                run("White", Map.of("em", true))), text.runs());
    }

    @Test
    void attributesOfTheText_setAndRemovedTwice_areItsOwn() {
        // Given
        edit(transaction -> {
            text.setAttribute(transaction, "lang", "en");
            text.setNewAttribute(transaction, "notes", NewType.ARRAY).push(transaction, 1);
        });

        // When
        edit(transaction -> text.removeAttribute(transaction, "lang"));
        byte[] again = edit(transaction -> text.removeAttribute(transaction, "lang"));

        // Then
        assertEquals(0, again.length);
        assertEquals(List.of("notes"), List.copyOf(text.attributes().keySet()));
        assertEquals(List.of(1L), ((YArray) text.attribute("notes")).toJson());
        assertEquals("", text.toString());
    }

    @Test
    void edits_outOfRangeOrNotJson_areRefusedBeforeAnythingChanges() {
        // Given
        edit(transaction -> text.insert(transaction, 0, "abc", BOLD));
        byte[] before = doc.encodeStateAsUpdate();

        // Then
        assertRefused(transaction -> text.format(transaction, 2, 2, BOLD));
        assertRefused(transaction -> text.insert(transaction, 4, "x", BOLD));
        assertRefused(transaction -> text.delete(transaction, 3, 1));
        assertRefused(transaction -> text.apply(transaction, List.of(
                new TextChange.Delete(2), new TextChange.Retain(2, Map.of()))));
        assertRefused(transaction ->
                text.format(transaction, 0, 1, Map.of("n", Double.NaN)));
        assertRefused(transaction ->
                text.insertEmbed(transaction, 0, new byte[1], Map.of()));
        assertRefused(transaction ->
                text.insertEmbed(transaction, 0, "text", Map.of()));
        assertArrayEquals(before, doc.encodeStateAsUpdate());
    }

    private void assertRefused(Consumer<Transaction> work) {
        AbortedTransactionException refusal =
                assertThrows(AbortedTransactionException.class, () -> edit(work));
        assertTrue(refusal.getCause() instanceof IndexOutOfBoundsException
                || refusal.getCause() instanceof IllegalArgumentException);
    }

    @Test
    void format_inTheMiddleOfASurrogatePair_losesItOnEveryReplica()
            throws MalformedUpdateException {
        // Given
        Doc reader = new Doc(2);
        reader.apply(edit(transaction -> text.insert(transaction, 0, "a\uD83D\uDE00")), "test");

        // When
        reader.apply(edit(transaction -> text.format(transaction, 0, 2, BOLD)), "test");

        // Then
        assertEquals(List.of(run("a\uFFFD", BOLD), run("\uFFFD", Map.of())), text.runs());
        assertEquals(text.runs(), reader.getText("t").runs());
    }

    @Test
    void attributesThatAreObjects_equalOneLevelDeep_areNotWrittenAgain() {
        // Given
        Map<String, Object> link = Map.of("link", Map.of("href", "u"));
        edit(transaction -> text.insert(transaction, 0, "abc", link));

        // When
        byte[] flat = edit(transaction -> text.insert(transaction, 1, "x", link));
        Map<String, Object> deep = Map.of("link", Map.of("href", Arrays.asList(1)));
        edit(transaction -> text.format(transaction, 0, 4, deep));
        long before = marksOf(text);
        edit(transaction -> text.insert(transaction, 1, "x", deep));

        // Then: objects inside objects are equal to themselves only, as in yjs
        assertTrue(flat.length < 20, "bytes " + flat.length);
        assertEquals(before + 2, marksOf(text));
    }
}
