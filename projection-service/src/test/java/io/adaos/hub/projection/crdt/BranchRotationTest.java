package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rotated branches show what they showed, and unmodified yjs of any earlier state follows. */
class BranchRotationTest {
    private static final String EVERYTHING = """
            docs.a = new Y.Doc(); docs.a.clientID = 5;
            docs.a.transact(() => {
              const branch = docs.a.getMap('data').set('branch', new Y.Map());
              branch.set('n', 1.5); branch.set('big', 1234567890123456789n);
              branch.set('u', undefined); branch.set('z', null);
              branch.set('bytes', new Uint8Array([1, 2, 3]));
              branch.set('plain', { b: [1, { c: 'x' }], a: true });
              branch.set('doc', new Y.Doc({ guid: 'sub-1' }));
              const list = branch.set('list', new Y.Array());
              list.insert(0, [1, 'two', new Uint8Array([9]), new Y.Map([['k', 'v']]), null, 3]);
              list.insert(2, [new Y.Array(), 'mid']);
              const text = branch.set('text', new Y.Text());
              text.insert(0, 'Hello bold world \\u{1F600}!');
              text.format(6, 4, { bold: true, color: '#f00' });
              text.insertEmbed(3, { image: 'x.png' });
              text.setAttribute('lang', 'en');
              const xml = branch.set('xml', new Y.XmlFragment());
              const p = new Y.XmlElement('p'); xml.insert(0, [p]);
              p.setAttribute('class', 'big');
              const inner = new Y.XmlText(); p.insert(0, [inner]);
              inner.insert(0, 'text <b>', { em: {} });
              xml.insert(1, [new Y.XmlHook('hook')]);
            });
            for (let i = 0; i < 300; i++) docs.a.getMap('data').get('branch').set('n', i);
            """;

    private static final String SHOWN = """
            const branch = docs.a.getMap('data').get('branch');
            const text = branch.get('text');
            return {
              delta: text.toDelta(), lang: text.getAttribute('lang'),
              xml: branch.get('xml').toString(), hook: branch.get('xml').get(1).hookName,
              guid: branch.get('doc').guid, undefined: branch.has('u'),
              big: String(branch.get('big')), bytes: to64(branch.get('bytes')),
              list: branch.get('list').toJSON(), plain: branch.get('plain'), n: branch.get('n'),
              keys: [...branch.keys()].sort(),
            };
            """;

    private static final String OFFLINE = """
            docs.offline = new Y.Doc(); Y.applyUpdate(docs.offline, %s);
            const data = docs.offline.getMap('data');
            data.get('e1').set('mine', 'unsent');
            data.get('e2').get('log').push(['unsent']);
            data.set('e3', 'replaced');
            data.delete('e4');
            data.set('new', new Y.Map([['k', 1]]));
            """;

    private static YjsPeer yjs;

    @BeforeAll
    static void start() {
        yjs = new YjsPeer();
    }

    @AfterAll
    static void stop() {
        yjs.close();
    }

    private static Object view(Doc doc) {
        return Portable.of(JsonView.EXACT.of(doc.getMap("data").node));
    }

    private static SharedType branch(Doc doc) {
        return (SharedType) doc.getMap("data").get("branch");
    }

    private static List<TextRun> runs(Doc doc) {
        return ((YText) ((YMap) branch(doc)).get("text")).runs();
    }

    @Test
    void rotate_contentOfEveryKind_isCarriedOverAndFollowedByYjs()
            throws MalformedUpdateException {
        // Given
        yjs.run(EVERYTHING);
        Doc doc = new Doc(9);
        doc.apply(yjs.state("a"), "test");
        Object before = view(doc);
        List<TextRun> runs = runs(doc);

        // When
        byte[] update = doc.transact("core:rotation", transaction ->
                branch(doc).rotate(transaction));
        Object shown = yjs.run(SHOWN);
        yjs.apply("a", update);

        // Then
        assertEquals(before, view(doc));
        assertEquals(runs, runs(doc));
        assertEquals(shown, yjs.run(SHOWN));
        Doc fresh = new Doc(10);
        fresh.apply(doc.encodeStateAsUpdate(), "test");
        assertEquals(before, view(fresh));
        BranchHistory history = branch(doc).history();
        assertTrue(history.structs() <= history.live(), history.toString());
    }

    @Test
    void rotate_anElementOfAList_keepsItsPlace() {
        // Given
        Doc doc = new Doc(1);
        doc.transact("test", transaction -> {
            YArray list = doc.getArray("list");
            list.pushAll(transaction, List.of(1, 2));
            list.insertMap(transaction, 1).set(transaction, "x", "y");
            list.insertMap(transaction, 3).set(transaction, "last", true);
        });

        // When
        doc.transact("test", transaction -> {
            ((YMap) doc.getArray("list").get(1)).rotate(transaction);
            ((YMap) doc.getArray("list").get(3)).rotate(transaction);
        });

        // Then
        assertEquals(List.of(1L, Map.of("x", "y"), 2L, Map.of("last", true)),
                doc.getArray("list").toJson());
        assertEquals(4, doc.getArray("list").size());
    }

    @Test
    void rotate_rootOrDeleted_isRefused() {
        // Given
        Doc doc = new Doc(1);
        YMap[] gone = new YMap[1];
        doc.transact("test", transaction -> {
            gone[0] = doc.getMap("data").setMap(transaction, "x");
            doc.getMap("data").remove(transaction, "x");
        });

        // Then
        assertThrows(AbortedTransactionException.class, () -> doc.transact("test",
                transaction -> doc.getMap("data").rotate(transaction)));
        assertThrows(AbortedTransactionException.class, () -> doc.transact("test",
                transaction -> gone[0].rotate(transaction)));
    }

    @Test
    void history_ofOverwrites_isDueInnermostFirstAndOnceOnly() {
        // Given
        Doc doc = new Doc(1);
        doc.transact("test", transaction -> {
            YMap outer = doc.getMap("data").setMap(transaction, "outer");
            YMap inner = outer.setMap(transaction, "inner");
            for (int i = 0; i < 300; i++) {
                inner.set(transaction, "a" + i % 2, i);
                outer.set(transaction, "b" + i % 2, i);
            }
        });
        YMap outer = (YMap) doc.getMap("data").get("outer");
        YMap inner = (YMap) outer.get("inner");

        // When
        BranchHistory history = outer.history();
        List<SharedType> first = outer.rotationsDue(RotationRule.DEFAULT);
        doc.transact("test", inner::rotate);
        List<SharedType> second = outer.rotationsDue(RotationRule.DEFAULT);
        doc.transact("test", outer::rotate);

        // Then
        assertEquals(new BranchHistory(601, 5), history);
        assertEquals(List.of(inner), first);
        assertEquals(List.of(outer), second);
        assertEquals(List.of(), doc.getMap("data").rotationsDue(RotationRule.DEFAULT));
        assertEquals(new BranchHistory(5, 5),
                ((YMap) doc.getMap("data").get("outer")).history());
    }

    @Test
    void rotationsDue_aTypeThatMustStay_leavesItsNeighboursToBeRotated() {
        // Given: 40 slots, each small, of which one must stay
        Doc doc = new Doc(1);
        doc.transact("test", transaction -> {
            YMap node = doc.getMap("data").setMap(transaction, "nodes")
                    .setMap(transaction, "n1");
            for (int slot = 0; slot < 40; slot++) {
                YMap map = node.setMap(transaction, "s" + slot);
                for (int i = 0; i < (slot == 7 ? 300 : 20); i++) {
                    map.set(transaction, "value" + i % 2, i);
                }
            }
        });
        YMap data = doc.getMap("data");
        YMap stays = (YMap) ((YMap) ((YMap) data.get("nodes")).get("n1")).get("s7");

        // When
        List<SharedType> due = data.rotationsDue(RotationRule.DEFAULT, type ->
                !stays.path().equals(type.path()) && type.path().orElseThrow().steps().size() > 2);

        // Then
        assertEquals(39, due.size());
        assertFalse(due.contains(stays));
        assertEquals(List.of("data", "nodes", "n1", "s0"),
                due.get(0).path().orElseThrow().keys());
    }

    @Test
    void holdsOnly_structsOfOthersAtAnyDepth_areFound() throws MalformedUpdateException {
        // Given
        Doc doc = new Doc(1);
        Doc other = new Doc(2);
        doc.transact("test", transaction -> doc.getMap("data").setMap(transaction, "x")
                .setMap(transaction, "y").set(transaction, "own", 1));
        other.apply(doc.encodeStateAsUpdate(), "test");
        YMap branch = (YMap) doc.getMap("data").get("x");
        boolean before = branch.holdsOnly(Set.of(1L));

        // When
        byte[] foreign = other.transact("test", transaction -> {
            YMap deep = (YMap) ((YMap) other.getMap("data").get("x")).get("y");
            deep.set(transaction, "theirs", 1);
            deep.remove(transaction, "theirs");
        });
        doc.apply(foreign, "test");

        // Then
        assertTrue(before);
        assertFalse(branch.holdsOnly(Set.of(1L)));
        assertTrue(branch.holdsOnly(Set.of(1L, 2L)));
    }

    private static final int CLIENTS = 10;

    @Test
    void yjsClientsOfAnyEarlierState_afterRotations_converge() throws MalformedUpdateException {
        // Given
        Doc doc = new Doc(77);
        List<byte[]> updates = overwriteAndRotate(doc);

        // When: each client hears what it missed, one by one; then the offline one comes back
        for (int client = 0; client < CLIENTS; client++) {
            long from = (Long) yjs.run("return docs.joined[" + client + "]");
            for (byte[] update : updates.subList((int) from, updates.size())) {
                yjs.run("Y.applyUpdate(docs.clients[" + client + "], %s)", update);
            }
        }
        byte[] unsent = yjs.bytes("return to64(Y.encodeStateAsUpdate(docs.offline, %s))",
                doc.stateVector().encode());
        doc.apply(unsent, "test");
        yjs.apply("offline", doc.encodeStateAsUpdate());
        yjs.run("docs.clients.forEach((doc) => Y.applyUpdate(doc, %s))", unsent);
        yjs.run("docs.clients.push(docs.offline)");

        // Then
        Object shown = Portable.of(doc.getMap("data").toJson());
        for (int client = 0; client <= CLIENTS; client++) {
            String at = "docs.clients[" + client + "]";
            assertEquals(shown, Portable.of(
                    yjs.run("return " + at + ".getMap('data').toJSON()")));
            assertEquals(true, yjs.run("const { store } = " + at
                    + "; return store.pendingStructs === null && store.pendingDs === null"));
            assertArrayEquals(doc.stateVector().encode(),
                    yjs.bytes("return to64(Y.encodeStateVector(" + at + "))"));
        }
        assertFalse(shown.toString().contains("unsent"));
        assertTrue(shown.toString().contains("new={k=1}"));
    }

    /** A client joins every 40 batches; one goes offline and edits what is rotated later. */
    private static List<byte[]> overwriteAndRotate(Doc doc) {
        Random random = new Random(5150);
        List<byte[]> updates = new ArrayList<>();
        updates.add(doc.transact("test", transaction -> {
            for (int i = 0; i < 20; i++) {
                doc.getMap("data").setMap(transaction, "e" + i).setArray(transaction, "log");
            }
        }));
        doc.useKeyClients(doc.clientId() + 1, doc.clientId() + 100);
        yjs.run("docs.clients = []; docs.joined = [];");
        int rotations = 0;
        for (int batch = 0; batch < 40 * CLIENTS; batch++) {
            if (batch % 40 == 0) {
                yjs.run("const doc = new Y.Doc(); Y.applyUpdate(doc, %s);"
                        + "docs.clients.push(doc); docs.joined.push(" + updates.size() + ");",
                        doc.encodeStateAsUpdate());
            }
            if (batch == 100) {
                yjs.run(OFFLINE, doc.encodeStateAsUpdate());
            }
            updates.add(doc.transact("test", transaction -> overwrite(transaction, doc, random)));
            for (SharedType due : doc.getMap("data").rotationsDue(new RotationRule(3, 30))) {
                updates.add(doc.transact("core:rotation", due::rotate));
                rotations++;
            }
        }
        assertTrue(rotations > 50, "rotations " + rotations);
        assertTrue(doc.ownClientIds().size() > 5);
        return updates;
    }

    private static void overwrite(Transaction transaction, Doc doc, Random random) {
        for (int i = 0; i < 10; i++) {
            YMap entry = (YMap) doc.getMap("data").get("e" + random.nextInt(20));
            entry.set(transaction, "k" + random.nextInt(3), random.nextInt(1000));
            YArray log = (YArray) entry.get("log");
            log.push(transaction, i);
            if (log.size() > 5) {
                log.remove(transaction, 0, 1);
            }
        }
    }
}
