package io.adaos.hub.bench.fanout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What was measured, as text for people or as JSON.
 *
 * @param setting how it was measured
 */
record FanoutReport(List<String> setting, List<Row> rows) {
    private static final String HEAD = "%-18s %-20s %10s %7s %9s %8s %8s %9s %6s %7s %7s %6s%n";
    private static final String LINE =
            "%-18s %-20s %10.2f %7s %9.2f %8.1f %8.1f %9.1f %6.0f %7.2f %7.0f %6.0f%n";

    String text() {
        StringBuilder text = new StringBuilder(String.join("\n", setting)).append("\n\n");
        text.append(String.format(Locale.ROOT, HEAD, "scenario", "server", "cpu us", "ratio",
                "store us", "p50 ms", "p99 ms", "total ms", "lost", "frames", "gen %", "MiB"));
        for (Row row : rows) {
            row.samples().keySet().forEach(server -> text.append(line(row, server)));
            text.append("    ").append(row.verdicts().stream().map(Row.Verdict::text)
                    .collect(Collectors.joining(" · "))).append('\n');
        }
        StringJoiner legend = new StringJoiner("\n");
        legend.add("")
                .add("cpu us: processor time of the server for each delivery (fan) or join, from")
                .add("  /proc; store us: that of PostgreSQL beside it; ratio: to the better rival")
                .add("p50, p99: writer's send to reader's frame, or connecting to the whole state")
                .add("total: until all were synced; lost: what never came, of the worst run")
                .add("frames: frames for each write and reader; gen %: generators, of one core");
        return text.append(legend).toString();
    }

    private static String line(Row row, String server) {
        boolean compared = server.equals(row.ours()) && row.samples().size() > 1;
        return String.format(Locale.ROOT, LINE, row.scenario().name(), server,
                row.median(server, Sample::cpuMicros),
                compared ? String.format(Locale.ROOT, "%.2f", row.ratio(Sample::cpuMicros)) : "",
                row.median(server, Sample::storeMicros), row.median(server, Sample::p50Ms),
                row.median(server, Sample::p99Ms), row.median(server, Sample::totalMs),
                row.lost(server),
                row.median(server, Sample::framesPerWrite),
                row.median(server, Sample::generatorCpuPct), row.median(server, Sample::rssMib));
    }

    /** All samples and what became of the targets. */
    String json() throws JsonProcessingException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("setting", setting);
        all.put("rows", rows.stream().map(FanoutReport::values).toList());
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private static Map<String, Object> values(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("scenario", row.scenario().name());
        values.put("samples", row.samples());
        values.put("cpuRatio", row.ratio(Sample::cpuMicros));
        values.put("verdicts", row.verdicts());
        return values;
    }
}
