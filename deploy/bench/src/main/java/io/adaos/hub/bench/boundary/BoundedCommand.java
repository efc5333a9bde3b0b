package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.ClientScripts;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import io.adaos.hub.bench.live.NodeWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a document stays small however often its values are overwritten. */
@Command(name = "bounded", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"In a hub of its own with raised budgets, a skill overwrites the progress "
            + "of 200 operations of one slot again and again, 200 with each durable request. "
            + "Prints what a new client is sent against what the content alone needs, and the "
            + "heap after a collection. One client stays all the time; one leaves early and "
            + "comes back with what it had.", "",
            "Exit code 1 when one of them does not end with the server's content. A missed "
            + "target is only said."})
public final class BoundedCommand implements Callable<Integer> {
    private static final String WEBSPACE = "bench_bounded";
    private static final int OPERATIONS = 200;
    private static final int STEPS = 10;
    private static final int SETTLE_MILLIS = 2_000;
    private static final double RATIO_MAX = 2;
    private static final double HEAP_GROWTH_MAX = 1.2;

    @Option(names = "--writes", defaultValue = "1000000",
            description = "Overwrites (${DEFAULT-VALUE}); the claim is about 10000000.")
    private long writes;

    private long requests;

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("hub.root", ".")).toAbsolutePath().normalize();
        Path scripts = ClientScripts.folder(root);
        try (LiveHub hub = LiveHub.start(root, BenchSkills.RAISED_BUDGETS);
                NodeWorker staying = new NodeWorker(scripts, "load.mjs");
                NodeWorker leaving = new NodeWorker(scripts, "load.mjs")) {
            BenchSkills skills = BenchSkills.install(hub, 1, 1);
            new HubHttp(hub.adminToken()).put(
                    hub.projection() + "/v1/webspaces/" + WEBSPACE).fulfilled();
            Map<String, Object> room = Map.of("room", WEBSPACE, "count", 1, "documents", 1,
                    "target", Map.of("kind", "hub", "url", hub.sockets(),
                            "token", hub.adminToken()));
            overwrite(skills, 1);
            staying.ask("read", room);
            leaving.ask("read", room);
            System.out.println(Growth.head());
            List<Growth> growth = new ArrayList<>();
            for (int step = 1; step <= STEPS; step++) {
                overwrite(skills, writes / OPERATIONS / STEPS);
                if (step == 1) {
                    leaving.ask("leave", Map.of());
                }
                growth.add(Growth.now(hub, requests * OPERATIONS, staying.ask("sizes", room)));
                System.out.println(growth.get(step - 1).text());
            }
            Thread.sleep(SETTLE_MILLIS);
            JsonNode back = leaving.ask("comeBack", room);
            verdict(growth, back);
            return differing(hub, staying, leaving);
        }
    }

    private void overwrite(BenchSkills skills, long times)
            throws IOException, InterruptedException {
        HubHttp http = new HubHttp(BenchSkills.token(0));
        String url = skills.url(WEBSPACE, BenchSkills.slot(0, 0));
        for (long i = 0; i < times; i++) {
            requests++;
            StringJoiner value = new StringJoiner(",", "{\"scope\":\"webspace\",\"value\":{",
                    "}}");
            for (int k = 0; k < OPERATIONS; k++) {
                value.add("\"op" + k + "\":{\"id\":\"op" + k
                        + "\",\"state\":\"running\",\"progress\":" + (requests + k) + "}");
            }
            http.post(url, value.toString()).fulfilled();
        }
    }

    private static void verdict(List<Growth> growth, JsonNode back) {
        Growth first = growth.get(0);
        Growth end = growth.get(growth.size() - 1);
        double ratio = growth.stream().mapToDouble(Growth::ratio).max().orElseThrow();
        System.out.printf(Locale.ROOT, "encoded against live, worst: %.2f <= %.2f %s%n", ratio,
                RATIO_MAX, ratio <= RATIO_MAX ? "met" : "MISSED");
        double grown = end.heapMib() / first.heapMib();
        System.out.printf(Locale.ROOT, "heap, end against first step: %.2f <= %.2f %s%n", grown,
                HEAP_GROWTH_MAX, grown <= HEAP_GROWTH_MAX ? "met" : "MISSED");
        System.out.printf("the client that left after %d overwrites was brought up to date with "
                + "%d bytes%n", first.writes(), back.get("bytes").asLong());
    }

    private static int differing(LiveHub hub, NodeWorker staying, NodeWorker leaving)
            throws IOException, InterruptedException {
        JsonNode truth = new HubHttp(hub.adminToken()).get(hub.projection() + "/v1/webspaces/"
                + WEBSPACE + "/state").fulfilled().body().at("/document/data");
        int differing = 0;
        for (NodeWorker client : List.of(staying, leaving)) {
            JsonNode shown = client.ask("documents", Map.of()).at("/documents/0/data");
            differing += shown.equals(truth) ? 0 : 1;
        }
        System.out.println("clients that differ from the server: " + differing);
        return differing == 0 ? 0 : 1;
    }
}
