package io.adaos.hub.bench.boundary;

import io.adaos.hub.bench.boundary.PacedOwner.Pace;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What others feel of an owner that writes a hundred times as much as it may. */
@Command(name = "isolation", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"In a hub of its own, with the governor's defaults: 20 skills write one "
            + "slot each, 5 times a second, into one webspace; then another one writes 100 times "
            + "its budget (32 writes/s) in batches; then it behaves.", "",
            "Exit code 1 when attempted = applied + coalesced + refused + pending does not hold "
            + "for an owner, or its own count differs, or a path does not show the last value "
            + "that was taken. A missed target is only said."})
public final class IsolationCommand implements Callable<Integer> {
    private static final int OTHERS = 20;
    private static final int BUDGET = 32; // CRITICAL of writes a second: from there it is slowed
    private static final double RATIO_MAX = 1.2;
    private static final double HELD_BACK_MAX = 1;
    private static final double FREE_MAX = 10;
    private static final long QUIET_MILLIS = 20_000;

    @Option(names = "--quick", description = "One round of 8 s instead of three; about a minute.")
    private boolean quick;

    @Option(names = "--rounds", description = "Rounds, of which the median counts (3; quick: 1).")
    private int rounds;

    @Option(names = "--seconds", description = "Seconds of quiet and of flood (20; quick: 8).")
    private int seconds;

    @Option(names = "--times", defaultValue = "100",
            description = "How many times its budget the offender writes (${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--batch", defaultValue = "64",
            description = "Writes in one request of the offender (${DEFAULT-VALUE}).")
    private int batch;

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("hub.root", ".")).toAbsolutePath().normalize();
        try (LiveHub hub = LiveHub.start(root, Map.of())) {
            BenchSkills skills = BenchSkills.install(hub, 1 + OTHERS, batch);
            new HubHttp(hub.adminToken()).put(
                    hub.projection() + "/v1/webspaces/" + IsolationRun.WEBSPACE).fulfilled();
            LastValues last = new LastValues();
            Pace flood = new Pace((double) BUDGET * times / batch, batch, seconds());
            try (IsolationRun run = new IsolationRun(skills, flood, last)) {
                run.round(); // not measured: the server is a JVM, and so is this
                List<IsolationRun.Round> measured = new ArrayList<>();
                for (int i = 0; i < rounds(); i++) {
                    measured.add(run.round());
                    show(measured.get(i));
                }
                verdict(measured);
                return faults(hub, run, last);
            }
        }
    }

    private static void show(IsolationRun.Round round) {
        System.out.printf(Locale.ROOT, "others quiet p50 %.1f p99 %.1f ms, beside %.0f writes/s "
                + "p50 %.1f p99 %.1f ms; offender held back after %.3f s, free after %.1f s%n",
                round.quiet().millis(0.5), round.quiet().millis(0.99), round.flooded(),
                round.loud().millis(0.5), round.loud().millis(0.99), round.heldBackAfter(),
                round.freeAfter());
    }

    private void verdict(List<IsolationRun.Round> measured) {
        verdict("others' p99, median ratio", measured.stream()
                .mapToDouble(IsolationRun.Round::ratio).sorted().toArray()[measured.size() / 2],
                RATIO_MAX);
        verdict("held back after s, worst", measured.stream()
                .mapToDouble(IsolationRun.Round::heldBackAfter).max().orElseThrow(),
                HELD_BACK_MAX);
        verdict("free after s, worst", measured.stream()
                .mapToDouble(IsolationRun.Round::freeAfter).max().orElseThrow(), FREE_MAX);
    }

    private static void verdict(String what, double reached, double limit) {
        System.out.printf(Locale.ROOT, "%-28s %6.2f <= %5.2f %s%n", what, reached, limit,
                reached <= limit ? "met" : "MISSED");
    }

    /** Counts and values once nothing waits any more. */
    private static int faults(LiveHub hub, IsolationRun run, LastValues last)
            throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        OwnerBalance.awaitQuiet(hub, IsolationRun.WEBSPACE, QUIET_MILLIS).ifPresent(faults::add);
        Map<String, OwnerBalance> balances = OwnerBalance.of(hub, IsolationRun.WEBSPACE);
        for (PacedOwner owner : run.everybody()) {
            OwnerBalance balance = balances.get(owner.owner());
            faults.addAll(balance == null ? List.of("no row of " + owner.owner())
                    : balance.faults(owner.written()));
        }
        faults.addAll(last.wrong(hub));
        PacedOwner offender = run.offender();
        System.out.printf("offender wrote %d, %d taken; %s%n", offender.written(),
                offender.taken(), balances.get(offender.owner()));
        System.out.printf("%d owners and %d paths looked at, %d faults%n",
                run.everybody().size(), last.paths(), faults.size());
        faults.forEach(fault -> System.out.println("FAULT: " + fault));
        return faults.isEmpty() ? 0 : 1;
    }

    private int rounds() {
        return rounds > 0 ? rounds : quick ? 1 : 3;
    }

    private int seconds() {
        return seconds > 0 ? seconds : quick ? 8 : 20;
    }
}
