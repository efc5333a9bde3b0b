package io.adaos.hub.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/** How long things took, in tenths of milliseconds, counted. */
public final class Latencies {
    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long total;

    /** Adds pairs of tenths and count. */
    public void addPairs(JsonNode pairs) {
        pairs.forEach(pair -> add(pair.get(0).asInt(), pair.get(1).asLong()));
    }

    /** Adds a list of milliseconds. */
    public void addMillis(JsonNode millis) {
        millis.forEach(one -> add((int) Math.round(one.asDouble() * 10), 1));
    }

    private void add(int tenths, long count) {
        counts.merge(tenths, count, Long::sum);
        total += count;
    }

    public long total() {
        return total;
    }

    /** The milliseconds below which this share lies; {@code NaN} when nothing was counted. */
    public double percentile(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (var entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= wanted) {
                return entry.getKey() / 10.0;
            }
        }
        return Double.NaN;
    }
}
