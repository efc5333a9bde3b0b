package io.adaos.hub.bench.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.Latencies;
import io.adaos.hub.bench.live.ProcessUse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs single scenarios and says what they cost. */
final class FanoutRuns {
    private static final int DRAIN_MILLIS = 8_000;
    private static final int SETTLE_MILLIS = 500;

    private final Generators generators;
    private int runs;

    FanoutRuns(Generators generators) {
        this.generators = generators;
    }

    /** @param seconds how long a fan-out writes */
    Sample run(Scenario scenario, Target target, int seconds)
            throws IOException, InterruptedException {
        return switch (scenario.kind()) {
            case FAN -> fan(scenario, target, seconds);
            case JOIN, STORM -> join(scenario, target);
        };
    }

    private Sample fan(Scenario scenario, Target target, int seconds)
            throws IOException, InterruptedException {
        Map<String, Object> room = Map.of("target", target.forClients(),
                "room", scenario.name() + "-" + runs++);
        generators.ask("seed", room);
        generators.divide("read", room, scenario.clients());
        Thread.sleep(SETTLE_MILLIS);
        Clock clock = new Clock(target);
        int total = scenario.size() * seconds;
        JsonNode sent = generators.ask("write",
                Map.of("rate", scenario.size(), "seconds", seconds)).get("sent");
        generators.askAll("drain", Map.of("total", total, "waitMs", DRAIN_MILLIS));
        clock.stop();
        Latencies latencies = new Latencies();
        long frames = 0;
        for (JsonNode seen : generators.askAll("count", Map.of("sent", sent))) {
            latencies.addPairs(seen.get("histogram"));
            frames += seen.get("frames").asLong();
        }
        generators.askAll("close", Map.of());
        long expected = (long) total * scenario.clients();
        return clock.sample(latencies, expected, clock.millis, (double) frames / expected);
    }

    private Sample join(Scenario scenario, Target target)
            throws IOException, InterruptedException {
        boolean isStorm = scenario.kind() == Scenario.Kind.STORM;
        Map<String, Object> room = Map.of("target", target.forClients(),
                "room", "document-" + scenario.size(), "bytes", scenario.size());
        generators.ask("fill", room);
        Thread.sleep(SETTLE_MILLIS);
        Clock clock = new Clock(target);
        List<JsonNode> answers = isStorm
                ? generators.divide("storm", room, scenario.clients())
                : List.of(generators.ask("join", Map.of("target", target.forClients(),
                        "room", room.get("room"), "count", scenario.clients())));
        clock.stop();
        Latencies latencies = new Latencies();
        answers.forEach(answer -> latencies.addMillis(answer.get("waited")));
        generators.askAll("close", Map.of());
        double total = isStorm
                ? answers.stream().mapToDouble(one -> one.get("end").asDouble()).max().orElse(0)
                - answers.stream().mapToDouble(one -> one.get("start").asDouble()).min().orElse(0)
                : latencies.percentile(0.5);
        return clock.sample(latencies, scenario.clients(), total, 1);
    }

    /** What a server and the generators use between two moments. */
    private final class Clock {
        private final Target target;
        private final ProcessUse before;
        private final long storeBefore;
        private final double generatorsBefore;
        private final long begin = System.nanoTime();
        private ProcessUse after;
        private double storeMicros;
        private double generatorSeconds;
        private double millis;

        Clock(Target target) throws IOException {
            this.target = target;
            generatorsBefore = generators.cpuSeconds();
            storeBefore = target.storeMicros();
            before = target.use();
        }

        void stop() throws IOException {
            millis = (System.nanoTime() - begin) / 1e6;
            after = target.use();
            storeMicros = target.storeMicros() - storeBefore;
            generatorSeconds = generators.cpuSeconds() - generatorsBefore;
        }

        Sample sample(Latencies latencies, long expected, double totalMs, double frames) {
            double units = Math.max(1, latencies.total());
            return new Sample((after.cpuMicros() - before.cpuMicros()) / units,
                    storeMicros / units, latencies.percentile(0.5), latencies.percentile(0.99),
                    totalMs, expected - latencies.total(), frames,
                    generatorSeconds / millis * 1e5, after.rssMib());
        }
    }
}
