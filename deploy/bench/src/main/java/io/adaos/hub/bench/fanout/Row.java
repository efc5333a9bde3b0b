package io.adaos.hub.bench.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one scenario.
 *
 * @param ours name of our server
 * @param samples what each server took, in the order of the rounds
 */
record Row(Scenario scenario, String ours, Map<String, List<Sample>> samples) {

    /** How one target was met. */
    record Verdict(String what, double reached, double limit) {
        boolean met() {
            return reached <= limit;
        }

        String text() {
            return String.format(Locale.ROOT, "%s %.2f <= %.2f %s", what, reached, limit,
                    met() ? "met" : "MISSED");
        }
    }

    Row {
        samples = new LinkedHashMap<>(samples);
    }

    /** The median of a server. */
    double median(String server, ToDoubleFunction<Sample> value) {
        double[] sorted = samples.get(server).stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Ours as a share of the rival that is better at this. */
    double ratio(ToDoubleFunction<Sample> value) {
        return median(ours, value) / bestRival(value);
    }

    private double bestRival(ToDoubleFunction<Sample> value) {
        return samples.keySet().stream().filter(name -> !name.equals(ours))
                .mapToDouble(name -> median(name, value)).min().orElse(Double.NaN);
    }

    /** What never came, in the worst of a server's runs. */
    double lost(String server) {
        return samples.get(server).stream().mapToDouble(Sample::lost).max().orElse(0);
    }

    /** What it was to reach, and what it has; without rivals only what needs none. */
    List<Verdict> verdicts() {
        Scenario.Targets targets = scenario.targets();
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(new Verdict("cpu", ratio(Sample::cpuMicros), targets.cpuRatio()));
        verdicts.add(new Verdict("time", ratio(Sample::totalMs), targets.totalRatio()));
        verdicts.add(new Verdict("p99", median(ours, Sample::p99Ms),
                bestRival(Sample::p99Ms) + targets.p99Window()));
        verdicts.add(new Verdict("lost", lost(ours), 0));
        verdicts.removeIf(verdict ->
                Double.isNaN(verdict.limit()) || Double.isNaN(verdict.reached()));
        return verdicts;
    }
}
