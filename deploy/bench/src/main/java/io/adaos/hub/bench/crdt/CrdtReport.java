package io.adaos.hub.bench.crdt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, as text for people or as JSON.
 *
 * @param machine what ran it: versions and number of processors
 */
record CrdtReport(List<String> machine, List<Row> rows, List<HostileRow> hostile) {
    private static final String SAME = "same";
    private static final String DIFFERENT = "DIFFERENT";

    String text() {
        StringJoiner text = new StringJoiner("\n");
        text.add(String.join(", ", machine));
        if (!rows.isEmpty()) {
            text.add("").add("milliseconds ours / yjs = ratio (targets: ratios at most "
                    + Row.RATIO_MAX + ", same bytes, at most "
                    + (int) Row.BYTES_PER_STRUCT_MAX + " B of heap a struct)");
            text.add(String.format(Locale.ROOT,
                    "%-8s %-24s %-24s %-22s %-24s %9s %-9s %7s %-11s %s", "workload", "do",
                    "apply", "encode", "parse", "bytes", "", "structs", "B/struct", "missed"));
            rows.forEach(row -> text.add(line(row)));
        }
        if (!hostile.isEmpty()) {
            text.add("").add("hostile inputs, milliseconds; growth of ours when the input is "
                    + HostileRow.FACTOR + " times as large (linear: " + HostileRow.FACTOR + ")");
            text.add(String.format(Locale.ROOT, "%-20s %7s %9s %9s %9s %7s %-9s %s", "input", "n",
                    "ours", "yjs", "ours 4n", "growth", "bytes", "missed"));
            hostile.forEach(row -> text.add(line(row)));
        }
        return text.toString();
    }

    private static String line(Row row) {
        String heap = row.showsStructs()
                ? String.format(Locale.ROOT, "%.0f / %.0f", row.ours(Sample::bytesPerStruct),
                        row.yjs(Sample::bytesPerStruct))
                : "-";
        return String.format(Locale.ROOT, "%-8s %-24s %-24s %-22s %-24s %9d %-9s %7d %-11s %s",
                row.workload(), times(row, Sample::doMs), times(row, Sample::applyMs),
                times(row, Sample::encodeMs), times(row, Sample::parseMs),
                row.ours().get(0).docBytes(), row.sameBytes() ? SAME : DIFFERENT, row.structs(),
                heap, String.join(" ", row.missed()));
    }

    private static String times(Row row, ToDoubleFunction<Sample> value) {
        return row.yjs(value) == 0 ? "-" : String.format(Locale.ROOT, "%.2f / %.2f = %.2f",
                row.ours(value), row.yjs(value), row.ratio(value));
    }

    private static String line(HostileRow row) {
        return String.format(Locale.ROOT, "%-20s %7d %9.1f %9.1f %9.1f %7.1f %-9s %s",
                row.input(), row.n(), row.ours().ms(), row.yjs().ms(), row.larger().ms(),
                row.growth(), row.sameBytes() ? SAME : DIFFERENT, row.missed() ? "missed" : "");
    }

    /** All samples and what became of them. */
    String json() throws JsonProcessingException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("rows", rows.stream().map(CrdtReport::values).toList());
        all.put("hostile", hostile);
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private static Map<String, Object> values(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("workload", row.workload());
        values.put("doRatio", row.ratio(Sample::doMs));
        values.put("applyRatio", row.ratio(Sample::applyMs));
        values.put("encodeRatio", row.ratio(Sample::encodeMs));
        values.put("parseRatio", row.ratio(Sample::parseMs));
        values.put("sameBytes", row.sameBytes());
        values.put("bytesPerStruct", row.ours(Sample::bytesPerStruct));
        values.put("yjsBytesPerStruct", row.yjs(Sample::bytesPerStruct));
        values.put("missed", row.missed());
        values.put("ours", row.ours());
        values.put("yjs", row.yjs());
        return values;
    }
}
