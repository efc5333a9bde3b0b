package io.adaos.hub.projection.governance;

import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import java.util.EnumMap;
import java.util.Map;

/** Counts of writes by cause. Not safe for use by several threads. */
final class Tally {

    /** What is counted. */
    enum Count { ATTEMPTED, APPLIED, COALESCED, REFUSED, PENDING, IN_PROGRESS, THROTTLED, BLOCKED,
        UNCHANGED, RULE_MISSING }

    private static final int COUNTS = Count.values().length;

    private final Map<WriteCause, long[]> counts = new EnumMap<>(WriteCause.class);

    void add(WriteCause cause, Count count, long more) {
        of(cause)[count.ordinal()] += more;
    }

    void addAll(Tally other) {
        other.counts.forEach((cause, more) -> addTo(of(cause), more));
    }

    WriteCounters total() {
        long[] sum = new long[COUNTS];
        counts.values().forEach(more -> addTo(sum, more));
        return counters(sum);
    }

    Map<WriteCause, WriteCounters> byCause() {
        Map<WriteCause, WriteCounters> byCause = new EnumMap<>(WriteCause.class);
        counts.forEach((cause, row) -> byCause.put(cause, counters(row)));
        return byCause;
    }

    private long[] of(WriteCause cause) {
        return counts.computeIfAbsent(cause, unused -> new long[COUNTS]);
    }

    private static void addTo(long[] sum, long[] more) {
        for (int i = 0; i < COUNTS; i++) {
            sum[i] += more[i];
        }
    }

    private static WriteCounters counters(long[] row) {
        return new WriteCounters(
                row[Count.ATTEMPTED.ordinal()],
                row[Count.APPLIED.ordinal()],
                row[Count.COALESCED.ordinal()],
                row[Count.REFUSED.ordinal()],
                row[Count.PENDING.ordinal()],
                row[Count.IN_PROGRESS.ordinal()],
                row[Count.APPLIED.ordinal()],
                row[Count.THROTTLED.ordinal()],
                row[Count.BLOCKED.ordinal()],
                row[Count.UNCHANGED.ordinal()],
                row[Count.RULE_MISSING.ordinal()]);
    }
}
