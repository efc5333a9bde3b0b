package io.adaos.hub.bench.fanout;

import io.adaos.hub.bench.live.ClientScripts;
import io.adaos.hub.bench.live.FreePorts;
import io.adaos.hub.bench.live.LiveHub;
import io.adaos.hub.bench.live.RivalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs to bring a document and its changes to many clients, against two others. */
@Command(name = "fanout", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Starts a whole hub (credentials, PostgreSQL), Hocuspocus 4.7 and "
            + "y-websocket-server 0.1.1 (both with their defaults: no credentials, nothing "
            + "stored), measures them in turns while all are alive, and prints one table with "
            + "targets.", "",
            "fan-N x W   one client writes W times a second, N read: operations' progress, every "
            + "fifth write an event too; cpu is for each (write, reader) pair",
            "join-S      clients come one after the other to a document of S bytes",
            "storm-N x S N clients come at once", "",
            "Exit code 1 when our server lost something; a missed target is only said."})
public final class FanoutCommand implements Callable<Integer> {
    private static final Scenario WARM_UP =
            new Scenario(Scenario.Kind.FAN, 500, 100, Scenario.Targets.NONE);
    private static final String OURS = "projection-service";

    @Option(names = "--quick", description = "For trying something out, below 2 minutes: one round"
            + " of 3 s, fewer joins; no join of 10 kB and 10 MB, no storm of 1 MB.")
    private boolean quick;

    @Option(names = "--only", split = ",", paramLabel = "NAME",
            description = "Only the scenarios that begin so, e.g. fan-1000x20,storm.")
    private List<String> only = List.of();

    @Option(names = "--rounds", description = "Rounds, of which the median counts (3; quick: 1).")
    private int rounds;

    @Option(names = "--seconds", description = "How long a fan-out writes (6; quick: 3).")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "S",
            description = "Unmeasured writing to our server; rivals get a third (20; quick: 10).")
    private int warmUp;

    @Option(names = "--generators", paramLabel = "N",
            description = "Processes that make load (one for each two cores, at most 4).")
    private int generators;

    @Option(names = "--hub", paramLabel = "DIR",
            description = "Measure the hub that runs with this data folder, start none.")
    private Path hubData;

    @Option(names = "--alone", description = "Our server only: no ratios, no verdicts on them.")
    private boolean alone;

    @Option(names = "--json", description = "Prints JSON with all samples instead of the table.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the JSON there as well.")
    private Path out;

    private final long start = System.nanoTime();

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("hub.root", ".")).toAbsolutePath().normalize();
        Path scripts = ClientScripts.folder(root);
        say("starting a hub" + (alone ? "" : ", Hocuspocus and y-websocket-server"));
        int ports = FreePorts.before(2);
        try (LiveHub hub = hubData == null
                ? LiveHub.start(root, Map.of()) : LiveHub.running(root, hubData)) {
            if (alone) {
                return measure(scripts, List.of(ours(hub)));
            }
            try (RivalServer ywebsocket = new RivalServer(scripts, List.of("node",
                            "node_modules/@y/websocket-server/src/server.js"), ports + 1);
                    RivalServer hocuspocus = new RivalServer(scripts, List.of("node",
                            "hocuspocus.mjs", Integer.toString(ports + 2)), ports + 2)) {
                return measure(scripts, List.of(ours(hub),
                        rival("y-websocket", ywebsocket), rival("hocuspocus", hocuspocus)));
            }
        }
    }

    private static Target ours(LiveHub hub) throws IOException {
        return new Target(OURS, "hub", hub.sockets(), hub.adminToken(), hub.pid(OURS),
                OptionalLong.of(hub.pid("postgres")));
    }

    private static Target rival(String kind, RivalServer server) {
        String name = kind.equals("hocuspocus") ? "hocuspocus 4.7.0" : "y-websocket 0.1.1";
        return new Target(name, kind, server.url(), "", server.pid(), OptionalLong.empty());
    }

    private int measure(Path scripts, List<Target> targets)
            throws IOException, InterruptedException {
        try (Generators load = new Generators(scripts, generators())) {
            FanoutRuns runs = new FanoutRuns(load);
            for (Target target : targets) {
                say("warming up " + target.name());
                runs.run(WARM_UP, target, target.isOurs() ? warmUp() : Math.max(1, warmUp() / 3));
            }
            Map<Scenario, Map<String, List<Sample>>> samples = new LinkedHashMap<>();
            for (int round = 1; round <= rounds(); round++) {
                for (Scenario scenario : scenarios()) {
                    for (Target target : targets) {
                        say("round " + round + " " + scenario.name() + " " + target.name());
                        samples.computeIfAbsent(scenario, none -> new LinkedHashMap<>())
                                .computeIfAbsent(target.name(), none -> new ArrayList<>())
                                .add(runs.run(scenario, target, seconds()));
                    }
                }
            }
            return report(samples);
        }
    }

    private int report(Map<Scenario, Map<String, List<Sample>>> samples) throws IOException {
        List<Row> rows = new ArrayList<>();
        samples.forEach((scenario, all) -> rows.add(new Row(scenario, OURS, all)));
        FanoutReport report = new FanoutReport(List.of(
                "median of " + rounds() + " rounds, all servers alive, in turns; fan-outs of "
                        + seconds() + " s after " + warmUp() + " s of warming up",
                Runtime.getRuntime().availableProcessors() + " cores, shared by servers, "
                        + "PostgreSQL and " + generators() + " generator(s)"), rows);
        System.out.println(json ? report.json() : report.text());
        if (out != null) {
            Files.writeString(out, report.json() + System.lineSeparator());
        }
        return rows.stream().anyMatch(row -> row.lost(OURS) > 0) ? 1 : 0;
    }

    private List<Scenario> scenarios() {
        return (quick ? Scenario.QUICK : Scenario.FULL).stream()
                .filter(scenario -> only.isEmpty()
                        || only.stream().anyMatch(scenario.name()::startsWith))
                .toList();
    }

    private int rounds() {
        return rounds > 0 ? rounds : quick ? 1 : 3;
    }

    private int seconds() {
        return seconds > 0 ? seconds : quick ? 3 : 6;
    }

    private int warmUp() {
        return warmUp > 0 ? warmUp : quick ? 10 : 20;
    }

    private int generators() {
        int cores = Runtime.getRuntime().availableProcessors();
        return generators > 0 ? generators : Math.max(1, Math.min(4, cores / 2));
    }

    private void say(String line) {
        System.err.printf("%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000, line);
    }
}
