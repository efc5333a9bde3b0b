package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.JsonWriter;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Observers hear what the deep observers of yjs hear. */
class DocChangeTest {
    /**
     * Roots r (map), l (array), t (text), x (xml) of a document, observed deeply. The delta of a
     * formatted text is compared by what it does: yjs also ends attributes that were not there.
     */
    private static final String OBSERVED = """
            const value = (v) => v instanceof Y.AbstractType ? '<type>'
              : v instanceof Uint8Array ? { bytes: to64(v) } : v === undefined ? null : v;
            const step = (s) => 'retain' in s
              ? { retain: s.retain, attributes: s.attributes ?? {} }
              : 'delete' in s ? { delete: s.delete }
              : { insert: Array.isArray(s.insert) ? s.insert.map(value) : value(s.insert),
                  attributes: s.attributes ?? {} };
            const follow = (doc) => {
              const types = { r: doc.getMap('r'), l: doc.getArray('l'), t: doc.getText('t'),
                x: doc.getXmlFragment('x') };
              doc.heard = [];
              for (const root in types) {
                types[root].observeDeep((events) => {
                  for (const event of events) {
                    if (root === 't') { doc.textHeard = true; continue; }
                    const keys = {};
                    event.changes.keys.forEach((change, key) => {
                      keys[key] = { action: change.action, old: value(change.oldValue) };
                    });
                    const delta = event.delta.map(step);
                    if (delta.length > 0 || Object.keys(keys).length > 0) {
                      doc.heard.push({ path: [root, ...event.path], keys, delta });
                    }
                  }
                });
              }
            };
            docs.follow = follow;
            docs.joined = (delta) => {
              const runs = [];
              for (const { insert, attributes = {} } of delta) {
                const marks = JSON.stringify(Object.entries(attributes).sort());
                const last = runs[runs.length - 1];
                if (last && last.marks === marks && typeof insert === 'string'
                    && typeof last.insert === 'string') {
                  last.insert += insert;
                } else {
                  runs.push({ insert, marks });
                }
              }
              return runs;
            };
            """;

    private static YjsPeer yjs;

    @BeforeAll
    static void start() {
        yjs = new YjsPeer();
        yjs.run(OBSERVED);
    }

    @AfterAll
    static void stop() {
        yjs.close();
    }

    private final List<Object> heard = new ArrayList<>();
    private List<DeltaStep> textDelta = List.of();

    private Doc observed(long id) {
        Doc doc = new Doc(id);
        doc.getMap("r");
        doc.getArray("l");
        doc.getText("t");
        doc.getXmlFragment("x");
        doc.observe(change -> change.events().forEach(event -> {
            if (event.path().equals(List.of("t"))) {
                textDelta = event.delta();
            } else {
                heard.add(view(event));
            }
        }));
        return doc;
    }

    private static Object view(TypeEvent event) {
        Map<String, Object> keys = new TreeMap<>();
        event.keys().forEach((key, change) -> keys.put(key, Map.of(
                "action", change.action().name().toLowerCase(), "old", value(change.oldValue()))));
        return Portable.of(Map.of(
                "path", event.path().stream().map(step ->
                        step instanceof Integer index ? (Object) index.longValue() : step).toList(),
                "keys", keys, "delta", event.delta().stream().map(DocChangeTest::view).toList()));
    }

    private static Object view(DeltaStep step) {
        Map<String, Object> view = new LinkedHashMap<>();
        if (step instanceof DeltaStep.Retain retain) {
            view.put("retain", (long) retain.count());
            view.put("attributes", retain.attributes());
        } else if (step instanceof DeltaStep.Delete delete) {
            view.put("delete", (long) delete.count());
        } else if (step instanceof DeltaStep.Insert insert) {
            view.put("insert", insert.content() instanceof List<?> list
                    ? list.stream().map(DocChangeTest::value).toList() : value(insert.content()));
            view.put("attributes", insert.attributes());
        }
        return view;
    }

    private static Object value(Object value) {
        return value instanceof SharedType ? "<type>"
                : value instanceof byte[] bytes
                        ? Map.of("bytes", Base64.getEncoder().encodeToString(bytes))
                        : value == null ? "<null>" : value;
    }

    /** The events in an order that does not depend on who found them. */
    private static List<String> sorted(Object events) {
        return ((List<?>) events).stream().map(event -> Portable.of(event).toString()
                .replace("old=null", "old=<null>")).sorted().toList();
    }

    @Test
    void events_ofEachTransaction_areThoseOfYjs() throws MalformedUpdateException {
        // Given
        List<String> edits = List.of(
                "r.set('a', 1); r.set('b', new Y.Map([['x', 1]])); l.push([1, 2, 'x']);",
                "r.set('a', 2); r.get('b').set('x', 2); r.get('b').set('y', new Y.Array());",
                "l.insert(1, [new Y.Map(), new Uint8Array([7])]); l.delete(0, 1);",
                "l.get(0).set('deep', true); r.get('b').get('y').push(['v', 'w']);",
                "t.insert(0, 'Hello world'); t.format(0, 5, { bold: true });",
                "t.format(2, 6, { bold: null, em: 'x' }); t.insert(3, 'new');",
                "t.insertEmbed(1, { image: 'y' }); t.delete(4, 3); t.setAttribute('lang', 'en');",
                "r.get('b').set('z', 1); r.delete('b');",
                "r.set('tmp', 1); r.delete('tmp'); l.insert(0, ['gone']); l.delete(0, 1);",
                "r.set('a', 3); r.set('a', 4); r.delete('a');",
                "const p = new Y.XmlElement('p'); x.insert(0, [p]); p.setAttribute('c', 'd');",
                "x.get(0).setAttribute('c', 'e'); x.get(0).insert(0, [new Y.XmlText('hi')]);",
                "x.get(0).get(0).insert(2, '!', { em: true }); x.get(0).removeAttribute('c');",
                "x.delete(0, 1); t.applyDelta([{ retain: 2 }, { delete: 2 }, { insert: 'Q' }]);");
        Doc doc = observed(1);
        yjs.run("docs.a = new Y.Doc(); docs.a.clientID = 9; docs.b = new Y.Doc(); "
                + "docs.b.clientID = 10; docs.a.on('update', (u) => { docs.last = u; });"
                + "docs.follow(docs.b)");

        for (String edit : edits) {
            // When
            heard.clear();
            textDelta = List.of();
            byte[] update = yjs.bytes("const r = docs.a.getMap('r'), l = docs.a.getArray('l'), "
                    + "t = docs.a.getText('t'), x = docs.a.getXmlFragment('x');"
                    + "docs.a.transact(() => {" + edit + "}); return to64(docs.last)");
            Object expected = yjs.run("docs.b.heard = []; docs.b.textHeard = false;"
                    + "docs.before = docs.b.getText('t').toDelta();"
                    + "Y.applyUpdate(docs.b, docs.last); return docs.b.heard");
            doc.apply(update, "test");

            // Then
            assertEquals(sorted(expected), sorted(heard), edit);
            List<Object> steps = textDelta.stream().map(DocChangeTest::view).toList();
            assertEquals(yjs.run("return docs.joined(docs.b.getText('t').toDelta())"),
                    yjs.run("const text = new Y.Doc().getText('t');"
                            + "text.applyDelta(docs.before, { sanitize: false });"
                            + "text.applyDelta(" + JsonWriter.write(steps, 9)
                            + ", { sanitize: false }); return docs.joined(text.toDelta())"), edit);
            assertEquals(yjs.run("return docs.b.textHeard"),
                    !steps.isEmpty() || edit.contains("setAttribute('lang'"), edit);
        }
    }

    @Test
    void observer_ofAType_hearsOnlyWhatIsBelowAndUntilItIsClosed() {
        // Given
        Doc doc = new Doc(1);
        YMap[] branch = new YMap[1];
        doc.transact("test", transaction -> {
            branch[0] = doc.getMap("data").setMap(transaction, "branch");
            branch[0].setArray(transaction, "list").pushMap(transaction);
        });
        List<String> said = new ArrayList<>();
        Observation observation = branch[0].observeDeep(change -> change.events().forEach(event ->
                said.add(change.source() + change.isLocal() + event.path() + change.paths())));

        // When
        doc.transact("one", transaction -> {
            ((YMap) ((YArray) branch[0].get("list")).get(0)).set(transaction, "k", 1);
            doc.getMap("data").set(transaction, "other", 1);
        });
        doc.transact("two", transaction -> doc.getMap("data").set(transaction, "other", 2));
        observation.close();
        doc.transact("three", transaction -> branch[0].set(transaction, "late", 1));

        // Then
        assertEquals(List.of("onetrue[list, 0][data/branch/list/*/k]"), said);
    }

    @Test
    void observer_thatFails_doesNotHarmTheDocument() {
        // Given
        Doc doc = new Doc(1);
        List<String> said = new ArrayList<>();
        doc.observe(change -> {
            throw new IllegalArgumentException("no");
        });
        doc.observe(change -> said.add(change.source()));

        // When
        AbortedTransactionException failure = assertThrows(AbortedTransactionException.class,
                () -> doc.transact("test", transaction ->
                        doc.getMap("m").set(transaction, "k", 1)));

        // Then
        assertEquals(List.of("test"), said);
        assertTrue(failure.update().length > 0);
        assertEquals(Map.of("m", Map.of("k", 1L)), doc.toJson());
        assertFalse(doc.hasPending());
    }

    @Test
    void observer_mayNotChangeTheDocument() {
        // Given
        Doc doc = new Doc(1);
        doc.observe(change -> doc.transact("inner", transaction -> {}));

        // When
        AbortedTransactionException failure = assertThrows(AbortedTransactionException.class,
                () -> doc.transact("test", transaction ->
                        doc.getMap("m").set(transaction, "k", 1)));

        // Then
        assertEquals(IllegalStateException.class, failure.getCause().getClass());
    }
}
