package io.adaos.hub.bench.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.boundary.Percentiles;
import io.adaos.hub.bench.live.ClientScripts;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.Latencies;
import io.adaos.hub.bench.live.LiveHub;
import io.adaos.hub.bench.live.NodeWorker;
import io.adaos.hub.bench.live.ProcessUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many operations are accepted, run and listed, and how soon a document shows them. */
@Command(name = "operations", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Starts operations that do nothing (the kind bench.noop, which a hub has "
            + "only when it is told so) in a hub of its own: alone while the runner is held, at "
            + "500 a second while it works, and at 1,000 a second until all have succeeded. Every "
            + "request has a target and an Idempotency-Key of its own. Then a real Yjs client "
            + "notes when its document shows them.",
            "", "Exit code 1 when a request was refused or an operation did not end well."})
public final class OperationsCommand implements Callable<Integer> {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "HUB_OPERATIONS_NOOP", "true",
            "HUB_OPERATIONS_CONCURRENCY", "16",
            "HUB_OPERATIONS_LIMITS_TOTAL", "1000000",
            "HUB_OPERATIONS_LIMITS_PER_KIND", "1000000",
            "HUB_OPERATIONS_LIMITS_PER_INITIATOR", "1000000",
            "HUB_OPERATIONS_RETENTION_TOTAL", "1000000");
    private static final int CONNECTIONS = 32;
    private static final int HOLDERS = 64;
    private static final int LISTED = 10_000;
    private static final int PAGE = 500;
    private static final Duration DRAIN = Duration.ofMinutes(5);

    /** The hub under load, and the ways to it. */
    private record Bench(LiveHub hub, HubHttp http, OperationLoad load) {
    }

    @Option(names = "--quick", description = "One round of 5 s a row instead of three of 10 s.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("hub.root", ".")).toAbsolutePath().normalize();
        int rounds = quick ? 1 : 3;
        int seconds = quick ? 5 : 10;
        try (LiveHub hub = LiveHub.start(root, ENVIRONMENT);
                NodeWorker worker = new NodeWorker(ClientScripts.folder(root), "operations.mjs")) {
            OperationLoad load = new OperationLoad(hub.operations(), hub.adminToken());
            HubHttp http = new HubHttp(hub.adminToken());
            Bench bench = new Bench(hub, http, load);
            System.out.printf("%d cores for services, database and generator; median of %d%n%n",
                    Runtime.getRuntime().availableProcessors(), rounds);
            load.closed(CONNECTIONS, quick ? 10 : 20); // not measured: the service is a JVM
            drained(hub, http);
            int bad = 0;
            List<Double> alone = new ArrayList<>();
            List<Double> p99 = new ArrayList<>();
            List<Double> succeeded = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                bad += alone(bench, seconds, alone);
                bad += paced(bench, seconds, p99);
                bad += toTheEnd(bench, seconds, succeeded);
            }
            atLeast("accepted alone", median(alone), 3_000);
            atMost("accepted at 500/s, p99", median(p99), 20);
            atLeast("no-op to succeeded", median(succeeded), 1_000);
            visible(hub, worker);
            if (bad > 0) {
                System.out.println("WRONG: " + bad + " requests refused or not ended well");
            }
            return bad == 0 ? 0 : 1;
        }
    }

    /** The runner is kept busy by operations that wait, so that nothing else is run. */
    private int alone(Bench bench, int seconds, List<Double> perSecond)
            throws IOException, InterruptedException {
        LiveHub hub = bench.hub();
        HubHttp http = bench.http();
        List<String> holders = new ArrayList<>();
        for (int i = 0; i < HOLDERS; i++) {
            String body = OperationLoad.body("hold" + System.nanoTime(), 300);
            holders.add(http.post(hub.operations() + "/v1/operations", body).fulfilled()
                    .body().path("operation_id").asText());
        }
        long pid = hub.pid("operations-service");
        long before = ProcessUse.of(pid).cpuMicros();
        OperationLoad.Accepted accepted = bench.load().closed(CONNECTIONS, seconds);
        System.out.printf(Locale.ROOT, "  alone: %.0f/s, p50 %.1f ms, p99 %.1f ms, %d us of the "
                + "service each%n", accepted.perSecond(), accepted.answers().millis(0.5),
                accepted.answers().millis(0.99), (ProcessUse.of(pid).cpuMicros() - before)
                        / Math.max(1, accepted.accepted()));
        perSecond.add(accepted.perSecond());
        list(hub, http);
        for (String holder : holders) {
            http.post(hub.operations() + "/v1/operations/" + holder + "/cancel", "");
        }
        Instant start = Instant.now();
        drained(hub, http);
        System.out.printf(Locale.ROOT, "  drained: %.0f/s%n",
                accepted.accepted() / (Duration.between(start, Instant.now()).toMillis() / 1e3));
        return accepted.refused();
    }

    private int paced(Bench bench, int seconds, List<Double> p99)
            throws IOException, InterruptedException {
        OperationLoad.Accepted accepted = bench.load().open(CONNECTIONS, 500, seconds);
        System.out.printf(Locale.ROOT, "  500/s while they run: p50 %.1f ms, p99 %.1f ms%n",
                accepted.answers().millis(0.5), accepted.answers().millis(0.99));
        p99.add(accepted.answers().millis(0.99));
        drained(bench.hub(), bench.http());
        return accepted.refused();
    }

    private int toTheEnd(Bench bench, int seconds, List<Double> perSecond)
            throws IOException, InterruptedException {
        LiveHub hub = bench.hub();
        HubHttp http = bench.http();
        Instant start = Instant.now();
        OperationLoad.Accepted accepted = bench.load().open(CONNECTIONS, 1_200, seconds);
        drained(hub, http);
        double rate = accepted.accepted()
                / (Duration.between(start, Instant.now()).toMillis() / 1e3);
        System.out.printf(Locale.ROOT, "  1,200/s to succeeded: %.0f/s; p99 of acceptance %.1f "
                + "ms%n", rate, accepted.answers().millis(0.99));
        perSecond.add(rate);
        told(hub, http);
        int failed = http.get(hub.operations() + "/v1/operations?kind=bench.noop&limit=1"
                + "&status=failed,recoverable").fulfilled().body().path("items").size();
        return accepted.refused() + failed;
    }

    /** How far the facts are behind their operations. */
    private static void told(LiveHub hub, HubHttp http) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long first = lag(hub, http);
        while (lag(hub, http) > 0 && System.nanoTime() - start < DRAIN.toNanos()) {
            Thread.sleep(50);
        }
        System.out.printf(Locale.ROOT, "  facts not published at that moment: %d, all after %.1f "
                + "s%n", first, (System.nanoTime() - start) / 1e9);
    }

    private static long lag(LiveHub hub, HubHttp http) throws IOException, InterruptedException {
        return http.text(hub.operations() + "/metrics").lines()
                .filter(line -> line.startsWith("hub_outbox_lag"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(
                        line.lastIndexOf(' ') + 1))).sum();
    }

    private void list(LiveHub hub, HubHttp http) throws IOException, InterruptedException {
        Percentiles pages = new Percentiles();
        long start = System.nanoTime();
        int listed = 0;
        String cursor = "";
        while (listed < LISTED && cursor != null) {
            long asked = System.nanoTime();
            JsonNode page = http.get(hub.operations() + "/v1/operations?status=active&limit="
                    + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).fulfilled().body();
            pages.add(System.nanoTime() - asked);
            listed += page.path("items").size();
            cursor = page.path("next_cursor").asText(null);
        }
        System.out.printf(Locale.ROOT, "  listed: %d in %.0f ms, pages of %d: p50 %.1f ms, worst "
                + "%.1f ms%n", listed, (System.nanoTime() - start) / 1e6, PAGE,
                pages.millis(0.5), pages.millis(1));
    }

    /** Waits until nothing is under way. */
    private static void drained(LiveHub hub, HubHttp http)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (http.get(hub.operations() + "/v1/operations?status=active&limit=1").fulfilled()
                .body().path("items").size() > 0) {
            if (System.nanoTime() > end) {
                throw new IOException("operations are still under way after " + DRAIN);
            }
            Thread.sleep(100);
        }
    }

    private void visible(LiveHub hub, NodeWorker worker) throws IOException {
        Map<String, Object> request = Map.of("url", hub.operations() + "/v1/operations",
                "target", Map.of("kind", "hub", "url", hub.sockets(),
                        "token", hub.adminToken()), "room", "desktop",
                "rate", 20, "seconds", quick ? 5 : 30);
        worker.ask("visible", Map.of("url", request.get("url"), "target", request.get("target"),
                "room", "desktop", "rate", 20, "seconds", 5)); // not measured, as above
        JsonNode answer = worker.ask("visible", request);
        Latencies millis = new Latencies();
        millis.addMillis(answer.path("millis"));
        System.out.printf(Locale.ROOT, "  visible: p50 %.1f ms, %d not seen%n",
                millis.percentile(0.5), answer.path("missed").asInt());
        atMost("accepted to visible in a Yjs client, p99", millis.percentile(0.99), 100);
    }

    private static void atLeast(String what, double perSecond, double target) {
        row(what, perSecond, "/s  >= " + (long) target, perSecond >= target);
    }

    private static void atMost(String what, double millis, double target) {
        row(what, millis, "ms  <= " + (long) target, millis <= target);
    }

    private static void row(String what, double value, String target, boolean met) {
        System.out.printf(Locale.ROOT, "%-44s %10.1f %s %s%n", what, value, target,
                met ? "met" : "MISSED");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
