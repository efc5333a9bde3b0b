package io.adaos.hub.bench.crdt;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.adaos.hub.bench.crdt.CrdtRuns.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bench at a small size: what both sides write must be equal; times are not looked at. */
class CrdtRunsTest {
    private static final Path SCRIPTS = Path.of("src/main/js");
    private static final Path NO_TRACE = Path.of("no-such-trace.json.gz");

    @Test
    void workloads_inSmall_writeTheBytesOfYjs() throws Exception {
        // Given
        Settings small = new Settings(1, 0.02, 0, NO_TRACE, name -> !name.contains("-"));
        List<String> progress = new ArrayList<>();

        // When
        CrdtReport report = CrdtRuns.report(small, SCRIPTS, progress::add);

        // Then
        assertEquals(14, report.rows().size());
        assertAll(report.rows().stream().map(row -> () ->
                assertTrue(row.sameBytes(), row.workload())));
        assertTrue(progress.stream().anyMatch(line -> line.startsWith("b4: left out")));
    }

    @Test
    void hostileInputs_inSmall_endAsInYjs() throws Exception {
        // Given
        Settings small = new Settings(1, 0.02, 0, NO_TRACE, name -> name.contains("-"));

        // When
        CrdtReport report = CrdtRuns.report(small, SCRIPTS, line -> { });

        // Then
        assertEquals(HostileInputs.all().size(), report.hostile().size());
        assertAll(report.hostile().stream().map(row -> () ->
                assertTrue(row.sameBytes(), row.input())));
    }

    @Test
    void report_ofRows_namesWhatMissesItsTarget() throws Exception {
        // Given
        Sample yjs = new Sample(10, 10, 10, 10, 5, 7, "a", "b", 2000, 500_000);
        Sample ours = new Sample(4, 6, 5, 1, 5, 7, "a", "c", 2000, 220_000);
        Row row = new Row("w", List.of(ours), List.of(yjs));
        CrdtReport report = new CrdtReport(List.of("here"), List.of(row), List.of());

        // When
        JsonNode json = new ObjectMapper().readTree(report.json());

        // Then
        assertEquals(List.of("apply", "bytes", "heap"), row.missed());
        assertEquals(0.4, json.at("/rows/0/doRatio").asDouble());
        assertTrue(Stream.of("DIFFERENT", "110 / 250", "apply bytes heap")
                .allMatch(report.text()::contains), report.text());
    }
}
