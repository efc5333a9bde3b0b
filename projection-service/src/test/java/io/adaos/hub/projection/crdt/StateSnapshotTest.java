package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Snapshots are those of yjs, byte for byte, and so is what is restored from them. */
class StateSnapshotTest {
    private static final String HISTORY = """
            docs.a = new Y.Doc({ gc: false }); docs.a.clientID = 4242424242;
            docs.b = new Y.Doc({ gc: false }); docs.b.clientID = 7;
            docs.log = []; docs.snapshots = [];
            docs.a.on('update', (u) => {
              docs.log.push(to64(u)); Y.applyUpdate(docs.b, u, 'sync');
            });
            docs.b.on('update', (u, origin) => {
              if (origin !== 'sync') { Y.applyUpdate(docs.a, u); }
            });
            const a = docs.a, b = docs.b;
            const snap = () => docs.snapshots.push(Y.snapshot(a));
            a.getText('t').insert(0, 'Hello wor\\u{1F600}ld'); snap();
            b.getMap('m').set('k', new Y.Map([['x', 1]])); snap();
            b.getText('t').insert(3, 'XYZ'); a.getText('t').delete(1, 6); snap();
            a.getMap('m').set('k', 'plain'); a.getArray('l').push([1, 2, 3]); snap();
            a.getArray('l').delete(0, 2); b.getArray('l').insert(0, [new Y.Text('n')]); snap();
            a.getText('t').insert(4, 'more'); b.getMap('m').delete('k');
            """;

    private static YjsPeer yjs;

    @BeforeAll
    static void start() {
        yjs = new YjsPeer();
        yjs.run(HISTORY);
    }

    @AfterAll
    static void stop() {
        yjs.close();
    }

    private static Doc keeping(byte[] update) throws MalformedUpdateException {
        Doc doc = new Doc(1, DecodeLimits.DEFAULT, PendingLimits.NONE, DeletedContent.KEEP);
        doc.getText("t");
        doc.apply(update, "test");
        return doc;
    }

    @Test
    void snapshot_atEachMoment_isWhatYjsTakesAndRestoresWhatYjsRestores()
            throws MalformedUpdateException {
        // Given
        Doc doc = keeping(yjs.state("a"));
        assertArrayEquals(yjs.bytes("return to64(Y.encodeSnapshot(Y.snapshot(docs.a)))"),
                doc.snapshot().encode());

        for (int i = 0; i < 5; i++) {
            // When
            String old = "docs.snapshots[" + i + "]";
            byte[] encoded = yjs.bytes("return to64(Y.encodeSnapshot(" + old + "))");
            StateSnapshot snapshot = StateSnapshot.decode(encoded);
            Doc restored = new Doc(2);
            restored.apply(doc.encodeStateAt(snapshot), "test");

            // Then
            assertArrayEquals(encoded, snapshot.encode());
            yjs.run("docs.restored = Y.createDocFromSnapshot(docs.a, " + old + ")");
            assertArrayEquals(yjs.state("restored"), restored.encodeStateAsUpdate());
            assertEquals(StateSnapshot.decode(encoded), snapshot);
            assertNotEquals(doc.snapshot(), snapshot);
        }
        assertArrayEquals(yjs.state("a"), doc.encodeStateAsUpdate());
    }

    @Test
    @SuppressWarnings("unchecked")
    void contains_eachUpdate_saysWhatYjsSays() throws MalformedUpdateException {
        Object[] log = ((List<Object>) yjs.run("return docs.log")).toArray();
        for (int i = 0; i < 5; i++) {
            // Given
            StateSnapshot snapshot = StateSnapshot.decode(yjs.bytes(
                    "return to64(Y.encodeSnapshot(docs.snapshots[" + i + "]))"));
            for (int j = 0; j < log.length; j++) {
                // Then
                assertEquals(yjs.run("return Y.snapshotContainsUpdate(docs.snapshots[" + i
                                + "], from64(docs.log[" + j + "]))"),
                        snapshot.contains(Vectors.base64(log[j])), i + " " + j);
            }
        }
    }

    @Test
    void restore_contentThatWasCollected_saysWhereAndWhatToDo() {
        // Given
        Doc doc = new Doc(5);
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "k", "gone"));
        StateSnapshot visible = doc.snapshot();
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "k", "now"));
        StateSnapshot later = doc.snapshot();
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "new", 1));

        // When
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> doc.encodeStateAt(visible));

        // Then
        assertTrue(refusal.getMessage().startsWith("content of client 5 at 0 was visible"));
        Doc restored = new Doc(6);
        restored.getMap("m");
        restoreInto(restored, doc.encodeStateAt(later));
        assertEquals(Map.of("m", Map.of("k", "now")), restored.toJson());
        assertThrows(IllegalStateException.class, () -> new Doc(7).encodeStateAt(later));
        assertFalse(later.equals(visible));
    }

    private static void restoreInto(Doc doc, byte[] update) {
        try {
            doc.apply(update, "test");
        } catch (MalformedUpdateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void decode_cutSnapshot_isRefused() {
        // Given
        Doc doc = new Doc(5);
        doc.transact("test", transaction -> doc.getMap("m").set(transaction, "k", 1));
        byte[] bytes = doc.snapshot().encode();

        // Then
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(MalformedUpdateException.class, () -> StateSnapshot.decode(cut));
        }
    }
}
