package io.adaos.hub.bench.crdt;

import io.adaos.hub.bench.crdt.CrdtRuns.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The document core against Yjs in Node: times, encoded bytes, heap, and hostile inputs. */
@Command(name = "crdt", mixinStandardHelpOptions = true,
        description = {"Runs the same workloads through our document core and through Yjs in "
            + "Node, in turns, and prints a table.", "Exit code 1 when a document or an update "
            + "is not byte for byte what Yjs writes."})
public final class CrdtCommand implements Callable<Integer> {
    @Option(names = "--only", split = ",", paramLabel = "NAME",
            description = "Only the workloads and inputs that begin so, or 'hostile'.")
    private List<String> only = List.of();

    @Option(names = "--runs", defaultValue = "5",
            description = "Measured runs, of which the median counts (${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--warm-up", defaultValue = "2500", paramLabel = "MS",
            description = "Unmeasured running of each workload (${DEFAULT-VALUE} ms).")
    private long warmUpMillis;

    @Option(names = "--scale", defaultValue = "1",
            description = "Share of the steps that are run, at most 1.")
    private double scale;

    @Option(names = "--trace", paramLabel = "FILE",
            defaultValue = "${sys:hub.root:-.}/../shared/bench/ybench/data/"
                    + "automerge-paper.json.gz",
            description = "Recorded edits for b4, which is left out without them.")
    private Path trace;

    @Option(names = "--classes", description = "Shows instead of which objects our parsed "
            + "documents consist, in bytes for each struct.")
    private boolean classes;

    @Option(names = "--json", description = "Prints JSON with all samples instead of the table.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the JSON there as well.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        Settings settings = new Settings(runs, scale, warmUpMillis, trace, this::isChosen);
        Path scripts = Path.of(System.getProperty("hub.root", "."), "deploy/bench/src/main/js");
        if (classes) {
            return showClasses();
        }
        long start = System.nanoTime();
        CrdtReport report = CrdtRuns.report(settings, scripts, line -> System.err.printf(
                "%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000, line));
        System.out.println(json ? report.json() : report.text());
        if (out != null) {
            Files.writeString(out, report.json() + System.lineSeparator());
        }
        boolean same = report.rows().stream().allMatch(Row::sameBytes)
                && report.hostile().stream().allMatch(HostileRow::sameBytes);
        return same ? 0 : 1;
    }

    private int showClasses() throws Exception {
        for (var entry : new Workloads(scale, trace).all().entrySet()) {
            if (isChosen(entry.getKey())
                    && (!entry.getKey().equals(Workloads.TRACE) || Files.exists(trace))) {
                System.out.println(entry.getKey() + ", for each struct:\n"
                        + HubSide.classes(entry.getValue().make()));
            }
        }
        return 0;
    }

    private boolean isChosen(String name) {
        boolean isHostile = HostileInputs.all().containsKey(name);
        return only.isEmpty() || only.stream().anyMatch(wanted ->
                name.startsWith(wanted) || isHostile && wanted.equals("hostile"));
    }
}
