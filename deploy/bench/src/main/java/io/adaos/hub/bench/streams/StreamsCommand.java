package io.adaos.hub.bench.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.ClientScripts;
import io.adaos.hub.bench.live.Latencies;
import io.adaos.hub.bench.live.LiveHub;
import io.adaos.hub.bench.live.NodeWorker;
import io.adaos.hub.bench.live.ProcessUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What streams bring to many sockets, and how soon browsers have the row of a push. */
@Command(name = "streams", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Opens browsers' sockets for events in a hub of its own, lets a skill "
            + "publish every 20 ms (its stream declares 20 messages a second), "
            + "and pushes: every browser hears of it, waits up to 100 ms as the panel does, and "
            + "asks the marketplace with min_sequence until it has the row.",
            "", "Exit code 1 when a browser did not get a row within 20 s."})
public final class StreamsCommand implements Callable<Integer> {
    private static final double ROWS_P99_MAX = 500;
    private static final int WARM_PUSHES = 5;
    private static final List<Integer> PAYLOADS = List.of(100, 1_000, 20_000);

    @Option(names = "--quick", description = "Shorter: 300 browsers, 3 s a row, 5 pushes.")
    private boolean quick;

    @Option(names = "--browsers", description = "Sockets of browsers (1000; quick: 300).")
    private int browsers;

    @Option(names = "--pushes", description = "Pushes that are measured (20; quick: 5).")
    private int pushes;

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("hub.root", ".")).toAbsolutePath().normalize();
        int count = browsers > 0 ? browsers : quick ? 300 : 1_000;
        try (LiveHub hub = LiveHub.start(root, Map.of());
                NodeWorker worker = new NodeWorker(ClientScripts.folder(root), "streams.mjs")) {
            StreamSkill.install(hub);
            long pid = hub.pid("projection-service");
            double before = ProcessUse.of(pid).rssMib();
            worker.ask("open", Map.of("ws", hub.projection().replace("http", "ws") + "/ws",
                    "token", hub.adminToken(), "count", count, "topics",
                    List.of(StreamSkill.TOPIC, StreamSkill.ROWS)));
            System.out.printf(Locale.ROOT, "%d browsers: %.1f kB of the service each; %d cores "
                    + "for all of it%n%n", count,
                    (ProcessUse.of(pid).rssMib() - before) * 1_024 / count,
                    Runtime.getRuntime().availableProcessors());
            System.out.println("payload B   messages/s   deliveries/s   p50 ms   p99 ms   "
                    + "cpu us a delivery");
            stream(hub, worker, 1_000, 3); // not measured: the server is a JVM
            for (int bytes : PAYLOADS) {
                System.out.println(stream(hub, worker, bytes, quick ? 3 : 10).text(count));
            }
            return rows(hub, worker, count);
        }
    }

    /** One row of the table. */
    private record Carried(int bytes, int seconds, Latencies millis, long cpuMicros) {

        String text(int browsers) {
            double perSecond = (double) millis.total() / seconds;
            return String.format(Locale.ROOT, "%9d %12.1f %14.0f %8.1f %8.1f %19.1f", bytes,
                    perSecond / browsers, perSecond, millis.percentile(0.5),
                    millis.percentile(0.99), (double) cpuMicros / millis.total());
        }
    }

    private static Carried stream(LiveHub hub, NodeWorker worker, int bytes, int seconds)
            throws IOException {
        long pid = hub.pid("projection-service");
        long before = ProcessUse.of(pid).cpuMicros();
        JsonNode answer = worker.ask("stream", Map.of("base", hub.projection(), "token",
                hub.adminToken(), "receiver", StreamSkill.RECEIVER, "bytes", bytes,
                "seconds", seconds));
        Latencies millis = new Latencies();
        millis.addMillis(answer.path("millis"));
        return new Carried(bytes, seconds, millis, ProcessUse.of(pid).cpuMicros() - before);
    }

    private int rows(LiveHub hub, NodeWorker worker, int count) throws IOException {
        rows(hub, worker, 1, WARM_PUSHES); // not measured, as above
        int measured = pushes > 0 ? pushes : quick ? 5 : 20;
        JsonNode answer = rows(hub, worker, 1 + WARM_PUSHES, measured);
        Latencies millis = new Latencies();
        millis.addMillis(answer.path("millis"));
        double p99 = millis.percentile(0.99);
        int missed = answer.path("missed").asInt();
        System.out.printf(Locale.ROOT, "%n%d pushes: acknowledged to row in the browser p50 "
                + "%.0f ms, p99 %.0f ms <= %.0f %s; %.2f questions a browser and push; %d "
                + "missed%n", measured, millis.percentile(0.5), p99, ROWS_P99_MAX,
                p99 <= ROWS_P99_MAX ? "met" : "MISSED",
                answer.path("asked").asDouble() / count / measured, missed);
        return missed == 0 ? 0 : 1;
    }

    private static JsonNode rows(LiveHub hub, NodeWorker worker, int first, int count)
            throws IOException {
        List<String> archives = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            archives.add(StreamSkill.archive(i));
        }
        return worker.ask("rows", Map.of("url", hub.marketplace(), "registry", hub.registry(),
                "token", hub.adminToken(), "admin", hub.adminToken(), "archives", archives));
    }
}
