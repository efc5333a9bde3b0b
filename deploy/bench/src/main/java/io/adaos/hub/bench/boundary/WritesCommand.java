package io.adaos.hub.bench.boundary;

import io.adaos.hub.bench.live.ClientScripts;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many writes of skills the boundary takes, and how soon browsers see one. */
@Command(name = "writes", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Installs skills in a hub of its own and lets them write declared slots of "
            + "several webspaces over HTTP, each with its own credential, every answer durable; "
            + "then opens browsers' sockets and measures from a skill's request to each of them.",
            "", "The governor's budgets are raised for this hub, or it would slow the skills "
            + "down as it should.",
            "", "Exit code 1 when a write was refused, a last value is not the last one written, "
            + "or a browser missed one."})
public final class WritesCommand implements Callable<Integer> {
    private static final int SKILLS = 8;
    private static final int WEBSPACES = 4;
    private static final int BATCH = 16;
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32, 64);
    private static final double BROWSER_P99_MAX = 100;

    @Option(names = "--quick", description = "Shorter: 3 s each, 300 browsers; below a minute.")
    private boolean quick;

    @Option(names = "--seconds", description = "Seconds of each row (8; quick: 3).")
    private int seconds;

    @Option(names = "--browsers", description = "Sockets of browsers (1000; quick: 300).")
    private int browsers;

    @Option(names = "--rate", defaultValue = "20",
            description = "Writes a second while browsers watch (${DEFAULT-VALUE}).")
    private int rate;

    private final List<String> wrong = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("hub.root", ".")).toAbsolutePath().normalize();
        Path scripts = ClientScripts.folder(root);
        try (LiveHub hub = LiveHub.start(root, BenchSkills.RAISED_BUDGETS)) {
            BenchSkills skills = BenchSkills.install(hub, SKILLS,
                    SkillLoad.slotsNeeded(SKILLS, WEBSPACES, BATCH));
            System.out.printf("%d skills, %d webspaces, every answer durable; budgets raised to "
                    + "1,000,000 writes/s and 1 GB/s an owner; %d cores for all of it%n%n",
                    SKILLS, WEBSPACES, Runtime.getRuntime().availableProcessors());
            writes(skills);
            browsers(skills, scripts);
        }
        wrong.forEach(line -> System.out.println("WRONG: " + line));
        return wrong.isEmpty() ? 0 : 1;
    }

    private void writes(BenchSkills skills) throws IOException, InterruptedException {
        HubHttp admin = new HubHttp(skills.hub().adminToken());
        List<String> webspaces = new ArrayList<>();
        for (int i = 0; i < WEBSPACES; i++) {
            webspaces.add("bench_" + i);
            admin.put(skills.hub().projection() + "/v1/webspaces/bench_" + i).fulfilled();
        }
        LastValues last = new LastValues();
        SkillLoad load = new SkillLoad(skills, webspaces, last);
        load.run(32, 1, quick ? 6 : 15); // not measured: the server is a JVM, and so is this
        System.out.println(WriteRow.head());
        for (int connections : CONNECTIONS) {
            show(load.run(connections, 1, seconds()));
        }
        show(load.run(8, BATCH, seconds()));
        List<String> lost = last.wrong(skills.hub());
        wrong.addAll(lost);
        System.out.println("last values: " + last.paths() + " paths, " + lost.size() + " wrong");
    }

    private void show(WriteRow row) {
        System.out.println(row.text());
        if (row.refused() > 0) {
            wrong.add(row.refused() + " writes of " + row.connections()
                    + " connections were not answered 200");
        }
    }

    private void browsers(BenchSkills skills, Path scripts)
            throws IOException, InterruptedException {
        int count = browsers > 0 ? browsers : quick ? 300 : 1_000;
        BrowserLatency latency = new BrowserLatency(skills, count, Math.min(count, 20));
        latency.run(scripts, rate, quick ? 2 : 10); // not measured, as above
        BrowserLatency.Seen seen = latency.run(scripts, rate, seconds());
        double p99 = seen.posted().percentile(0.99);
        System.out.printf(Locale.ROOT, "%n%d browsers, %d writes/s: request to browser p50 %.1f "
                + "ms, p99 %.1f ms <= %.0f %s; request to durable answer p50 %.1f ms, p99 %.1f "
                + "ms; lost %d, documents that differ %d%n", count, rate,
                seen.posted().percentile(0.5), p99, BROWSER_P99_MAX,
                p99 <= BROWSER_P99_MAX ? "met" : "MISSED", seen.answered().millis(0.5),
                seen.answered().millis(0.99), seen.lost(), seen.wrong());
        if (seen.lost() > 0 || seen.wrong() > 0) {
            wrong.add("browsers lost " + seen.lost() + " and " + seen.wrong() + " differ");
        }
    }

    private int seconds() {
        return seconds > 0 ? seconds : quick ? 3 : 8;
    }
}
