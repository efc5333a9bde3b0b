package io.adaos.hub.bench.crdt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.adaos.hub.bench.crdt.Workload.ManyAuthors;
import io.adaos.hub.bench.crdt.Workload.OneAuthor;
import io.adaos.hub.bench.crdt.Workload.Step;
import io.adaos.hub.bench.crdt.Workload.TwoAuthors;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.YMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** All workloads by name; every number is that of {@code workloads.mjs}. */
final class Workloads {
    /** The recorded writing of a paper; needs a file. */
    static final String TRACE = "b4";

    private static final int NUMBER_MAX = 0x7ffffffe;
    private static final int COUNT_MIN = 20;
    private static final int ENTRIES = 200;
    private static final int KEPT_ENTRIES = 50;

    private final double scale;
    private final Path trace;

    /**
     * Workloads of a size.
     *
     * @param scale 1 for the full size, less for fewer steps
     * @param trace where the recorded edits are
     */
    Workloads(double scale, Path trace) {
        this.scale = scale;
        this.trace = trace;
    }

    /** How each workload is made; in the order of the table. */
    Map<String, MadeWorkload> all() {
        Map<String, MadeWorkload> all = new LinkedHashMap<>();
        int n = count(6000);
        all.put("b1.1", () -> OneAuthor.ofText(Edits.appending(new Rng(1).word(n, n))));
        all.put("b1.3", () -> OneAuthor.ofText(Edits.prepending(new Rng(3).word(n, n))));
        all.put("b1.4", () -> OneAuthor.ofText(Edits.insertingOne(new Rng(4), 0, n)));
        all.put("b1.6", () -> OneAuthor.ofText(List.of(
                Edit.inserting(0, new Rng(6).word(n, n)), Edit.deleting(0, n))));
        all.put("b1.7", () -> OneAuthor.ofText(Edits.insertingOrDeleting(7, n)));
        all.put("b1.7x10", () -> OneAuthor.ofText(Edits.insertingOrDeleting(71, count(60000))));
        all.put("b1.8", () -> numbers(new Rng(8), n, false));
        all.put("b1.11", () -> numbers(new Rng(11), n, true));
        all.put("b2.2", () -> {
            Rng rng = new Rng(22);
            return new TwoAuthors(rng.word(100, 100),
                    Edits.insertingOne(rng, 100, n), Edits.insertingOne(rng, 100, n));
        });
        all.put("b2.4", () -> {
            Rng rng = new Rng(24);
            return new TwoAuthors(rng.word(100, 100),
                    Edits.insertingAndDeleting(rng, 100, n),
                    Edits.insertingAndDeleting(rng, 100, n));
        });
        all.put("b3.1", () -> many(i -> (transaction, doc) ->
                doc.getMap("m").set(transaction, "v", i)));
        all.put("b3.4", () -> many(i -> (transaction, doc) ->
                doc.getArray("a").insert(transaction, 0, List.of(Integer.toString(i)))));
        all.put(TRACE, () -> {
            List<Step> steps = OneAuthor.ofText(recorded()).steps();
            return new OneAuthor((transaction, doc) -> {}, steps, false);
        });
        all.put("m1", this::progressWrites);
        all.put("m2", this::lifecycles);
        return all;
    }

    /** A workload that can be made from its name. */
    @FunctionalInterface
    interface MadeWorkload {
        Workload make() throws IOException;
    }

    private int count(int full) {
        return Math.max(COUNT_MIN, (int) Math.round(full * scale));
    }

    private static OneAuthor numbers(Rng rng, int n, boolean anywhere) {
        List<Step> steps = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            int index = anywhere ? rng.between(0, k) : k;
            int value = rng.between(0, NUMBER_MAX);
            steps.add((transaction, doc) -> doc.getArray("a").insert(
                    transaction, index, List.of(value)));
        }
        return OneAuthor.of(steps);
    }

    private ManyAuthors many(IntFunction<Step> change) {
        return new ManyAuthors(IntStream.range(0, count(1540)).mapToObj(change).toList());
    }

    private List<Edit> recorded() throws IOException {
        JsonNode file;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(trace))) {
            file = new ObjectMapper().readTree(in);
        }
        List<Edit> edits = new ArrayList<>();
        for (JsonNode change : file.path("txns")) {
            for (JsonNode patch : change.path("patches")) {
                edits.add(new Edit(patch.path(0).asInt(), patch.path(1).asInt(),
                        patch.path(2).asText()));
            }
        }
        return edits;
    }

    /** Progress of operations, overwritten again and again. */
    private OneAuthor progressWrites() {
        Rng rng = new Rng(101);
        List<Step> steps = new ArrayList<>();
        for (int k = 0; k < count(50000); k++) {
            String id = "op" + rng.between(0, ENTRIES - 1);
            int progress = k;
            steps.add((transaction, doc) -> {
                YMap operations = (YMap) doc.getMap("m").get("operations");
                YMap entry = (YMap) ((YMap) operations.get("by_id")).get(id);
                entry.set(transaction, "progress", progress);
            });
        }
        Step setup = (transaction, doc) -> {
            YMap byId = doc.getMap("m").setMap(transaction, "operations")
                    .setMap(transaction, "by_id");
            for (int i = 0; i < ENTRIES; i++) {
                YMap entry = byId.setMap(transaction, "op" + i);
                entry.set(transaction, "id", "op" + i);
                entry.set(transaction, "state", "running");
                entry.set(transaction, "progress", 0);
            }
        };
        return new OneAuthor(setup, steps, true);
    }

    /** Operations that begin, make progress, end and are removed. */
    private OneAuthor lifecycles() {
        List<Step> steps = new ArrayList<>();
        for (int k = 0; k < count(3000); k++) {
            String id = "op" + k;
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("node", "n" + k % 10);
            detail.put("attempt", 1);
            long started = 1_700_000_000_000L + k;
            steps.add((transaction, doc) -> {
                YMap entry = byId(doc).setMap(transaction, id);
                entry.set(transaction, "id", id);
                entry.set(transaction, "kind", "deploy");
                entry.set(transaction, "state", "running");
                entry.set(transaction, "progress", 0);
                entry.set(transaction, "started", started);
                entry.set(transaction, "detail", detail);
            });
            for (int p = 1; p <= 8; p++) {
                int progress = 12 * p;
                steps.add((transaction, doc) ->
                        ((YMap) byId(doc).get(id)).set(transaction, "progress", progress));
            }
            steps.add((transaction, doc) ->
                    ((YMap) byId(doc).get(id)).set(transaction, "state", "done"));
            if (k >= KEPT_ENTRIES) {
                String old = "op" + (k - KEPT_ENTRIES);
                steps.add((transaction, doc) -> byId(doc).remove(transaction, old));
            }
        }
        return new OneAuthor((transaction, doc) -> doc.getMap("m").setMap(transaction, "by_id"),
                steps, true);
    }

    private static YMap byId(Doc doc) {
        return (YMap) doc.getMap("m").get("by_id");
    }
}
