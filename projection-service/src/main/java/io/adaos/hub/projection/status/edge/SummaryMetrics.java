package io.adaos.hub.projection.status.edge;

import io.adaos.hub.projection.status.view.LegacyReliability.Mode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How often the old summaries were asked for, and what they cost. Safe for use by any thread. */
final class SummaryMetrics {

    private static final class Figures {
        private final LongAdder requests = new LongAdder();
        private final LongAdder notModified = new LongAdder();
        private final AtomicLong lastBytes = new AtomicLong();
        private final AtomicLong lastMicros = new AtomicLong();
    }

    private final Map<Mode, Figures> figures = new EnumMap<>(Mode.class);

    SummaryMetrics() {
        for (Mode mode : Mode.values()) {
            figures.put(mode, new Figures());
        }
    }

    /** One more answer. */
    void answered(Mode mode, boolean notModified, long bytes, long micros) {
        Figures of = figures.get(mode);
        of.requests.increment();
        if (notModified) {
            of.notModified.increment();
        }
        of.lastBytes.set(bytes);
        of.lastMicros.set(micros);
    }

    /** All figures, by mode. */
    Map<String, Object> view() {
        Map<String, Object> modes = new LinkedHashMap<>();
        figures.forEach((mode, of) -> modes.put(mode.wire(), Map.of(
                "requestTotal", of.requests.sum(),
                "notModifiedTotal", of.notModified.sum(),
                "lastBodyBytes", of.lastBytes.get(),
                "lastDurationMs", of.lastMicros.get() / 1_000.0)));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("ok", true);
        view.put("schema", "adaos.reliability_summary.metrics.v1");
        view.put("modes", modes);
        return view;
    }
}
