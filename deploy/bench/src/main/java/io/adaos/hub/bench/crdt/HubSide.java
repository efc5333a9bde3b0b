package io.adaos.hub.bench.crdt;

import static io.adaos.hub.bench.crdt.Stopwatch.ms;
import static io.adaos.hub.bench.crdt.Stopwatch.sha;
import static io.adaos.hub.bench.crdt.Stopwatch.shortMs;
import static io.adaos.hub.bench.crdt.Stopwatch.sizeOf;

import io.adaos.hub.bench.crdt.Workload.ManyAuthors;
import io.adaos.hub.bench.crdt.Workload.OneAuthor;
import io.adaos.hub.bench.crdt.Workload.Step;
import io.adaos.hub.bench.crdt.Workload.TwoAuthors;
import io.adaos.hub.bench.heap.ClassCounts;
import io.adaos.hub.projection.crdt.Doc;
import java.util.ArrayList;
import java.util.List;

/** Runs workloads with our document core. */
final class HubSide {
    private static final int HEAP_STRUCTS = 60000;
    private static final int HEAP_COPIES_MAX = 200;
    private static final double SHOWN_BYTES_MIN = 0.8;

    private HubSide() {}

    /** What came out of the edits: the document, times, updates. */
    private record Written(Doc doc, double doMs, double applyMs, long updateBytes,
            List<byte[]> updates) {}

    /** Runs a workload once; measures the heap as well when asked to. */
    static Sample run(Workload workload, boolean heap) throws Exception {
        Written written = write(workload);
        byte[] state = written.doc().encodeStateAsUpdate();
        System.gc();
        double encodeMs = shortMs(written.doc()::encodeStateAsUpdate);
        System.gc();
        double parseMs = shortMs(() -> newDoc(900_000).apply(state, "bench"));
        int structs = written.doc().structCount();
        return new Sample(written.doMs(), written.applyMs(), encodeMs, parseMs,
                written.updateBytes(), state.length, sha(List.of(state)), sha(written.updates()),
                structs, heap ? retained(state, structs) : 0);
    }

    private static Written write(Workload workload) throws Exception {
        if (workload instanceof OneAuthor one) {
            return oneAuthor(one);
        } else if (workload instanceof TwoAuthors two) {
            return twoAuthors(two);
        } else if (workload instanceof ManyAuthors many) {
            return manyAuthors(many);
        }
        throw new AssertionError("unknown workload " + workload);
    }

    private static Written oneAuthor(OneAuthor workload) throws Exception {
        Doc doc = newDoc(1);
        step(doc, workload.setup());
        byte[] base = doc.encodeStateAsUpdate();
        List<byte[]> updates = new ArrayList<>();
        long[] bytes = new long[1];
        System.gc();
        double doMs = ms(() -> {
            for (Step step : workload.steps()) {
                byte[] update = step(doc, step);
                bytes[0] += update.length;
                if (workload.keepsUpdates()) {
                    updates.add(update);
                }
            }
        });
        double applyMs = 0;
        if (workload.keepsUpdates()) {
            Doc other = newDoc(2);
            other.apply(base, "bench");
            System.gc();
            applyMs = ms(() -> applyAll(other, updates));
            updates.add(other.encodeStateAsUpdate());
        }
        return new Written(doc, doMs, applyMs, bytes[0], updates);
    }

    private static Written twoAuthors(TwoAuthors workload) throws Exception {
        Doc first = newDoc(1);
        Doc second = newDoc(2);
        byte[] base = step(first, Edit.inserting(0, workload.base())::in);
        second.apply(base, "bench");
        List<byte[]> updates = new ArrayList<>();
        System.gc();
        double doMs = ms(() -> {
            updates.add(edit(first, workload.first()));
            updates.add(edit(second, workload.second()));
        });
        long bytes = sizeOf(updates);
        double applyMs = ms(() -> {
            first.apply(updates.get(1), "bench");
            second.apply(updates.get(0), "bench");
        });
        updates.add(second.encodeStateAsUpdate());
        return new Written(first, doMs, applyMs, bytes, updates);
    }

    private static Written manyAuthors(ManyAuthors workload) throws Exception {
        List<byte[]> updates = new ArrayList<>();
        System.gc();
        double doMs = ms(() -> {
            int id = 1;
            for (Step change : workload.changes()) {
                updates.add(step(newDoc(id++), change));
            }
        });
        Doc doc = newDoc(100_001);
        System.gc();
        double applyMs = ms(() -> applyAll(doc, updates));
        return new Written(doc, doMs, applyMs, sizeOf(updates), updates);
    }

    private static byte[] edit(Doc doc, List<Edit> edits) {
        return doc.transact("bench", transaction -> {
            for (Edit edit : edits) {
                edit.in(transaction, doc);
            }
        });
    }

    /** Heap that one parsed copy of a document keeps. */
    private static long retained(byte[] state, int structs) throws Exception {
        int copies = copiesOf(structs);
        List<Doc> kept = new ArrayList<>(copies);
        long before = usedHeap();
        for (int i = 0; i < copies; i++) {
            kept.add(parse(state, i));
        }
        return (usedHeap() - before) / kept.size();
    }

    /** How many copies of a document are measured together. */
    private static int copiesOf(int structs) {
        return Math.max(1, Math.min(HEAP_COPIES_MAX, HEAP_STRUCTS / structs));
    }

    private static Doc parse(byte[] state, int copy) throws Exception {
        Doc doc = newDoc(900_001 + copy);
        doc.apply(state, "bench");
        return doc;
    }

    /**
     * Of which objects a parsed copy of a workload's document consists, for each struct; empty
     * when it has too few of them.
     */
    static String classes(Workload workload) throws Exception {
        Doc written = write(workload).doc();
        byte[] state = written.encodeStateAsUpdate();
        int structs = written.structCount();
        if (structs < Row.STRUCTS_MIN) {
            return "";
        }
        List<Doc> kept = new ArrayList<>(copiesOf(structs));
        ClassCounts before = ClassCounts.now();
        for (int i = 0; i < copiesOf(structs); i++) {
            kept.add(parse(state, i));
        }
        return ClassCounts.now().since(before)
                .text((long) structs * kept.size(), SHOWN_BYTES_MIN);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    static Doc newDoc(long id) {
        Doc doc = new Doc(id);
        doc.getText("t");
        doc.getArray("a");
        doc.getMap("m");
        return doc;
    }

    static byte[] step(Doc doc, Step step) {
        return doc.transact("bench", transaction -> step.run(transaction, doc));
    }

    static void applyAll(Doc doc, List<byte[]> updates) throws Exception {
        for (byte[] update : updates) {
            doc.apply(update, "bench");
        }
    }
}
