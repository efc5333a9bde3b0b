package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class XmlTest {
    private final Doc doc = new Doc(1);
    private final YXmlFragment root = doc.getXmlFragment("x");

    private byte[] edit(Consumer<Transaction> work) {
        return doc.transact("test", work);
    }

    private YXmlElement child(int index) {
        return (YXmlElement) root.get(index);
    }

    @Test
    void nodes_ofEveryKind_arePrintedAndSeenAsTheyAre() throws MalformedUpdateException {
        // Given
        Doc reader = new Doc(2);

        // When
        byte[] update = edit(transaction -> {
            root.insertNew(transaction, 0, NewType.xmlElement("Div").with(div -> {
                div.insertNew(transaction, 0, NewType.XML_TEXT)
                        .insert(transaction, 0, "hi", Map.of("b", Map.of("k", 1)));
                div.setAttribute(transaction, "id", 7);
                div.setNewAttribute(transaction, "Note", NewType.TEXT)
                        .insert(transaction, 0, "n");
            }));
            root.insertNew(transaction, 1, NewType.xmlHook("chart").with(hook ->
                    hook.set(transaction, "k", 1)));
            root.insertNew(transaction, 1, NewType.XML_FRAGMENT);
        });
        reader.apply(update, "test");

        // Then
        YXmlFragment read = reader.getXmlFragment("x");
        assertEquals("<div Note=\"n\" id=\"7\"><b k=\"1\">hi</b></div>[object Object]",
                read.toString());
        assertEquals(3, read.size());
        assertEquals("Div", ((YXmlElement) read.get(0)).name());
        assertEquals("chart", ((YXmlHook) read.get(2)).hookName());
        assertEquals("<b k=\"1\">hi</b>",
                ((YXmlText) ((YXmlElement) read.get(0)).children().get(0)).toJson());
        assertArrayEquals(doc.encodeStateAsUpdate(), reader.encodeStateAsUpdate());
    }

    @Test
    void attributes_setRemovedAndRemovedAgain_areGone() {
        // Given
        edit(transaction -> {
            root.insertNew(transaction, 0, NewType.xmlElement("p"));
            child(0).setAttribute(transaction, "class", "a");
            child(0).setAttribute(transaction, "hidden", null);
        });

        // When
        edit(transaction -> child(0).removeAttribute(transaction, "class"));
        byte[] again = edit(transaction -> child(0).removeAttribute(transaction, "class"));

        // Then
        assertEquals(0, again.length);
        assertNull(child(0).attribute("class"));
        assertEquals("<p hidden=\"null\"></p>", root.toString());
    }

    @Test
    void children_removed_leaveTheOthers() {
        // Given
        edit(transaction -> {
            for (String name : List.of("a", "b", "c", "d")) {
                root.insertNew(transaction, root.size(), NewType.xmlElement(name));
            }
        });

        // When
        edit(transaction -> root.remove(transaction, 1, 2));

        // Then
        assertEquals("<a></a><d></d>", root.toString());
    }

    @Test
    void insertNew_ofWhatIsNoXmlOrTooDeep_isRefused() {
        // Given
        edit(transaction -> root.insertNew(transaction, 0, NewType.xmlElement("p")));

        // Then
        assertThrows(AbortedTransactionException.class, () -> edit(transaction ->
                root.insertNew(transaction, 0, NewType.MAP)));
        assertThrows(AbortedTransactionException.class, () -> edit(transaction ->
                root.insertNew(transaction, 2, NewType.XML_TEXT)));
        assertThrows(AbortedTransactionException.class, () -> edit(transaction -> {
            YXmlFragment inner = root;
            for (int i = 0; i < 1_000; i++) {
                inner = inner.insertNew(transaction, 0, NewType.xmlElement("p"));
            }
        }));
    }

    @Test
    void toString_ofTextWithTextualAttributes_printsTheirUnitsAsYjsDoes() {
        // Given
        YXmlText text = doc.getXmlText("xt");

        // When
        edit(transaction -> text.insert(transaction, 0, "t", Map.of("color", "ab", "i", true)));

        // Then
        assertEquals("<color 0=\"a\" 1=\"b\"><i>t</i></color>", text.toString());
        assertEquals("<undefined></undefined>", doc.getXmlElement("xe").toString());
    }
}
