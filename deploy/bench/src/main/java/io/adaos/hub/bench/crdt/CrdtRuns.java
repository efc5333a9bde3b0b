package io.adaos.hub.bench.crdt;

import io.adaos.hub.bench.crdt.HostileInputs.Hostile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs workloads on both sides in turns, after a warm-up. */
final class CrdtRuns {
    private static final long NANOS_PER_MS = 1_000_000;
    private static final int WARM_UPS_MIN = 2;

    private final Settings settings;
    private final NodeSide node;
    private final Consumer<String> progress;

    CrdtRuns(Settings settings, NodeSide node, Consumer<String> progress) {
        this.settings = settings;
        this.node = node;
        this.progress = progress;
    }

    /**
     * How much is run.
     *
     * @param runs measured runs of each workload and side
     * @param scale 1 for workloads of full size
     * @param warmUpMillis each workload is run unmeasured for about as long, and at least twice
     * @param trace where the recorded edits are
     * @param chosen which workloads and inputs are run
     */
    record Settings(int runs, double scale, long warmUpMillis, Path trace,
            Predicate<String> chosen) {
        Settings {
            if (runs < 1 || scale <= 0 || scale > 1 || warmUpMillis < 0) {
                throw new IllegalArgumentException("runs, scale or warm-up out of range");
            }
        }
    }

    List<Row> workloads() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (var entry : new Workloads(settings.scale(), settings.trace()).all().entrySet()) {
            String name = entry.getKey();
            if (!settings.chosen().test(name)) {
                continue;
            }
            if (name.equals(Workloads.TRACE) && !Files.exists(settings.trace())) {
                progress.accept(name + ": left out, there is no " + settings.trace());
                continue;
            }
            rows.add(measure(name, entry.getValue().make()));
        }
        return rows;
    }

    private Row measure(String name, Workload workload) throws Exception {
        long warmUpEnd = System.nanoTime() + settings.warmUpMillis() * NANOS_PER_MS;
        int warmUps = 0;
        do {
            run(name, workload, new ArrayList<>(), new ArrayList<>());
            warmUps++;
        } while (warmUps < WARM_UPS_MIN || System.nanoTime() < warmUpEnd);
        progress.accept(name + ": warm after " + warmUps + " runs");
        List<Sample> ours = new ArrayList<>();
        List<Sample> yjs = new ArrayList<>();
        for (int i = 0; i < settings.runs(); i++) {
            run(name, workload, ours, yjs);
        }
        return new Row(name, ours, yjs);
    }

    private void run(String name, Workload workload, List<Sample> ours, List<Sample> yjs)
            throws Exception {
        ours.add(HubSide.run(workload, true));
        yjs.add(node.run(name, settings.scale(), true));
    }

    List<HostileRow> hostile() throws Exception {
        List<HostileRow> rows = new ArrayList<>();
        for (Map.Entry<String, Hostile> entry : HostileInputs.all().entrySet()) {
            if (settings.chosen().test(entry.getKey())) {
                rows.add(measure(entry.getKey(), entry.getValue()));
                progress.accept(entry.getKey() + ": done");
            }
        }
        return rows;
    }

    private HostileRow measure(String name, Hostile hostile) throws Exception {
        int n = Math.max(1, (int) (hostile.n() * settings.scale()));
        long warmUpEnd = System.nanoTime() + settings.warmUpMillis() * NANOS_PER_MS;
        do {
            hostile.run(n);
        } while (System.nanoTime() < warmUpEnd);
        return new HostileRow(name, n, best(hostile, n), best(hostile, n * HostileRow.FACTOR),
                node.runHostile(name, n));
    }

    /** The fastest of all runs: growth is a matter of the work, not of the machine. */
    private HostileRow.Run best(Hostile hostile, int n) throws Exception {
        HostileRow.Run best = hostile.run(n);
        for (int i = 1; i < settings.runs(); i++) {
            HostileRow.Run next = hostile.run(n);
            best = next.ms() < best.ms() ? next : best;
        }
        return best;
    }

    static CrdtReport report(Settings settings, Path scripts, Consumer<String> progress)
            throws Exception {
        try (NodeSide node = new NodeSide(scripts, settings.trace())) {
            CrdtRuns runs = new CrdtRuns(settings, node, progress);
            List<Row> rows = runs.workloads();
            return new CrdtReport(machine(scripts), rows, runs.hostile());
        }
    }

    private static List<String> machine(Path scripts) throws IOException {
        List<String> machine = new ArrayList<>();
        machine.add("java " + System.getProperty("java.version"));
        machine.addAll(NodeSide.versions(scripts));
        machine.add(Runtime.getRuntime().availableProcessors() + " processors");
        return machine;
    }
}
