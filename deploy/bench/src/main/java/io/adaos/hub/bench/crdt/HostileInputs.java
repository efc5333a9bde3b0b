package io.adaos.hub.bench.crdt;

import static io.adaos.hub.bench.crdt.HubSide.newDoc;
import static io.adaos.hub.bench.crdt.HubSide.step;

import io.adaos.hub.bench.crdt.Workload.Step;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.DocUpdate;
import io.adaos.hub.projection.crdt.UpdateDiff;
import io.adaos.hub.projection.crdt.UpdateMerge;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Inputs that cost too much where something is searched or copied too often. */
final class HostileInputs {
    private HostileInputs() {}

    /** What is timed, and the size of what it works on. */
    record Input(long bytes, Callable<byte[]> work) {}

    /** Makes an input of a size. */
    @FunctionalInterface
    interface Maker {
        Input of(int n) throws Exception;
    }

    /**
     * How an input is made.
     *
     * @param n size at which Yjs takes about a second or two
     */
    record Hostile(int n, Maker maker) {
        HostileRow.Run run(int size) throws Exception {
            Input input = maker.of(size);
            System.gc();
            List<byte[]> result = new ArrayList<>(1);
            double ms = Stopwatch.ms(() -> result.add(input.work().call()));
            return new HostileRow.Run(ms, input.bytes(), Stopwatch.sha(result));
        }
    }

    /** All hostile inputs by name; the same as in {@code hostile.mjs}. */
    static Map<String, Hostile> all() {
        Map<String, Hostile> all = new LinkedHashMap<>();
        all.put("one-list-place", new Hostile(3000, n -> deliver(oneChangeEach(n,
                step(newDoc(1), (tx, doc) -> doc.getArray("a").insert(tx, 0, List.of("a", "b"))),
                i -> (tx, doc) -> doc.getArray("a").insert(tx, 1, List.of(i))))));
        all.put("one-map-key", new Hostile(3000, n -> deliver(oneChangeEach(n,
                step(newDoc(1), (tx, doc) -> doc.getMap("m").set(tx, "v", 0)),
                i -> (tx, doc) -> doc.getMap("m").set(tx, "v", i)))));
        all.put("deletes-in-text", new Hostile(20000, n -> deliver(textDeletes(n))));
        all.put("deletes-in-array", new Hostile(5000, n -> deliver(arrayDeletes(n))));
        all.put("deletes-before-text", new Hostile(20000, n -> {
            List<byte[]> updates = textDeletes(n);
            Collections.reverse(updates);
            return deliver(updates);
        }));
        all.put("gap-each", new Hostile(500, n -> deliver(gapEach(n))));
        all.put("lost-first", new Hostile(3000, n -> {
            List<byte[]> updates = overwrites(n + 1);
            Collections.rotate(updates, -1);
            return deliver(updates);
        }));
        all.put("one-by-one", new Hostile(1000, n -> deliver(oneByOne(n))));
        all.put("merge-updates", new Hostile(5000, n -> {
            List<byte[]> updates = overwrites(n);
            return new Input(Stopwatch.sizeOf(updates), () -> UpdateMerge.merge(updates));
        }));
        all.put("diff-update", new Hostile(5000, HostileInputs::diff));
        return all;
    }

    private static Input deliver(List<byte[]> updates) {
        return new Input(Stopwatch.sizeOf(updates), () -> {
            Doc doc = newDoc(900_000);
            HubSide.applyAll(doc, updates);
            return doc.encodeStateAsUpdate();
        });
    }

    /** Clients that know the same document make one change each. */
    private static List<byte[]> oneChangeEach(int n, byte[] base, IntFunction<Step> change)
            throws Exception {
        List<byte[]> updates = new ArrayList<>(List.of(base));
        for (int i = 0; i < n; i++) {
            Doc doc = newDoc(1000 + i);
            doc.apply(base, "bench");
            updates.add(step(doc, change.apply(i)));
        }
        return updates;
    }

    private static List<byte[]> textDeletes(int n) {
        Doc doc = newDoc(1);
        byte[] insert = step(doc, (tx, d) -> d.getText("t").insert(tx, 0, "x".repeat(2 * n)));
        byte[] deletes = step(doc, (tx, d) -> {
            for (int i = 0; i < n; i++) {
                d.getText("t").delete(tx, i, 1);
            }
        });
        return new ArrayList<>(List.of(insert, deletes));
    }

    private static List<byte[]> arrayDeletes(int n) {
        Doc doc = newDoc(1);
        List<Integer> numbers = IntStream.range(0, 2 * n).boxed().toList();
        byte[] insert = step(doc, (tx, d) -> d.getArray("a").insert(tx, 0, numbers));
        byte[] deletes = step(doc, (tx, d) -> {
            for (int i = 0; i < n; i++) {
                d.getArray("a").remove(tx, i, 1);
            }
        });
        return List.of(insert, deletes);
    }

    private static List<byte[]> gapEach(int n) {
        List<byte[]> firsts = new ArrayList<>();
        List<byte[]> updates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Doc doc = newDoc(1000 + i);
            String number = Integer.toString(i);
            firsts.add(step(doc, (tx, d) -> d.getMap("m").set(tx, "a" + number, 1)));
            updates.add(step(doc, (tx, d) ->
                    d.getMap("m").set(tx, "b" + number, "xxxxxxxxxxxxxxxxxxxx")));
        }
        updates.addAll(firsts);
        return updates;
    }

    /** One client overwrites fifty keys again and again. */
    private static List<byte[]> overwrites(int n) {
        Doc doc = newDoc(5);
        List<byte[]> updates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int value = i;
            updates.add(step(doc, (tx, d) -> d.getMap("m").set(tx, "k" + value % 50, value)));
        }
        return updates;
    }

    /** Each update of one client waits for that of another, which come one after the other. */
    private static List<byte[]> oneByOne(int n) throws Exception {
        List<byte[]> others = new ArrayList<>();
        List<byte[]> updates = new ArrayList<>();
        Doc doc = newDoc(5);
        for (int i = 0; i < n; i++) {
            String key = "k" + i;
            others.add(step(newDoc(1000 + i), (tx, d) -> d.getMap("m").set(tx, key, 0)));
            doc.apply(others.get(i), "bench");
            updates.add(step(doc, (tx, d) -> d.getMap("m").set(tx, key, 1)));
        }
        updates.addAll(others);
        return updates;
    }

    private static Input diff(int n) throws Exception {
        byte[] base = step(newDoc(1), (tx, doc) -> doc.getMap("m").set(tx, "v", 0));
        Doc doc = newDoc(2);
        HubSide.applyAll(doc, oneChangeEach(n, base,
                i -> (tx, d) -> d.getMap("m").set(tx, "v" + i, i)));
        byte[] state = doc.encodeStateAsUpdate();
        StateVector known = DocUpdate.stateVector(base);
        return new Input(state.length, () -> UpdateDiff.diff(state, known));
    }
}
