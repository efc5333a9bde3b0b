package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.Latencies;
import io.adaos.hub.bench.live.LiveHub;
import io.adaos.hub.bench.live.NodeWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a skill's write takes until browsers have it, with many of them connected. */
final class BrowserLatency {
    private static final String WEBSPACE = "bench_browsers";
    private static final int SETTLE_MILLIS = 1_000;
    private static final int DRAIN_MILLIS = 10_000;

    private final BenchSkills skills;
    private final int browsers;
    private final int documents;

    /** @param documents how many of the browsers keep a real document */
    BrowserLatency(BenchSkills skills, int browsers, int documents) {
        this.skills = skills;
        this.browsers = browsers;
        this.documents = documents;
    }

    /**
     * What was seen.
     *
     * @param posted from the skill's request to the frame in each browser
     * @param answered from the skill's request to its durable answer
     * @param lost pairs of write and browser that never came together
     * @param wrong browsers whose document is not the server's at the end
     */
    record Seen(Latencies posted, Percentiles answered, long lost, long wrong) {
    }

    /** Writes at a steady rate, skill after skill. */
    Seen run(Path scripts, int rate, int seconds) throws IOException, InterruptedException {
        LiveHub hub = skills.hub();
        HubHttp admin = new HubHttp(hub.adminToken());
        admin.put(hub.projection() + "/v1/webspaces/" + WEBSPACE).fulfilled();
        try (NodeWorker clients = new NodeWorker(scripts, "load.mjs")) {
            clients.ask("read", Map.of("target", Map.of("kind", "hub", "url", hub.sockets(),
                    "token", hub.adminToken()), "room", WEBSPACE, "count", browsers,
                    "documents", documents));
            Thread.sleep(SETTLE_MILLIS);
            Percentiles answered = new Percentiles();
            List<Double> sent = write(rate, rate * seconds, answered);
            clients.ask("drain", Map.of("total", sent.size(), "waitMs", DRAIN_MILLIS));
            JsonNode seen = clients.ask("count", Map.of("sent", sent));
            Latencies posted = new Latencies();
            posted.addPairs(seen.get("histogram"));
            long wrong = wrong(clients.ask("documents", Map.of()).get("documents"), admin.get(
                    hub.projection() + "/v1/webspaces/" + WEBSPACE + "/state").fulfilled()
                    .body().get("document"));
            return new Seen(posted, answered,
                    (long) sent.size() * browsers - posted.total(), wrong);
        }
    }

    /** Both clocks are the machine's steady one: the clients read the same. */
    private List<Double> write(int rate, int total, Percentiles answered)
            throws IOException, InterruptedException {
        List<HubHttp> writers = new ArrayList<>();
        for (int i = 0; i < skills.count(); i++) {
            writers.add(new HubHttp(BenchSkills.token(i)));
        }
        List<Double> sent = new ArrayList<>();
        long begin = System.nanoTime();
        for (int n = 0; n < total; n++) {
            long wait = begin + n * 1_000_000_000L / rate - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            }
            int skill = n % skills.count();
            long at = System.nanoTime();
            sent.add(at / 1e6);
            writers.get(skill).post(skills.url(WEBSPACE, BenchSkills.slot(skill, 0)),
                    "{\"scope\":\"webspace\",\"value\":" + LastValues.value(LastValues.mark(n))
                    + "}").fulfilled();
            answered.add(System.nanoTime() - at);
        }
        return sent;
    }

    private long wrong(JsonNode shown, JsonNode truth) {
        ObjectNode data = new ObjectMapper().createObjectNode();
        data.set("data", truth.get("data"));
        long wrong = documents - shown.size();
        for (JsonNode one : shown) {
            wrong += one.equals(data) ? 0 : 1;
        }
        return wrong;
    }
}
