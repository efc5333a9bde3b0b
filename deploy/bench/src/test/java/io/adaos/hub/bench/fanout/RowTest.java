package io.adaos.hub.bench.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Scenario FAN = new Scenario(
            Scenario.Kind.FAN, 1_000, 20, Scenario.Targets.fan(0.7, 5));

    private static Sample sample(double cpuMicros, double p99Ms, double lost) {
        return new Sample(cpuMicros, 0, 1, p99Ms, 1, lost, 1, 50, 100);
    }

    @Test
    void ratio_ofThreeRounds_isMedianAgainstTheBetterRival() {
        // Given
        Map<String, List<Sample>> samples = Map.of(
                "ours", List.of(sample(99, 1, 0), sample(6, 1, 0), sample(5, 1, 0)),
                "slow", List.of(sample(20, 1, 0), sample(20, 1, 0), sample(20, 1, 0)),
                "fast", List.of(sample(10, 1, 0), sample(10, 1, 0), sample(1, 1, 0)));

        // When
        double ratio = new Row(FAN, "ours", samples).ratio(Sample::cpuMicros);

        // Then
        assertEquals(0.6, ratio, 1e-9);
    }

    @Test
    void verdicts_ofAFan_nameCpuP99AndTheWorstLoss() {
        // Given
        Map<String, List<Sample>> samples = Map.of(
                "ours", List.of(sample(8, 15, 3), sample(8, 15, 0), sample(8, 15, 0)),
                "rival", List.of(sample(10, 11, 0), sample(10, 11, 0), sample(10, 11, 0)));

        // When
        List<Row.Verdict> verdicts = new Row(FAN, "ours", samples).verdicts();

        // Then
        assertEquals(List.of("cpu", "p99", "lost"),
                verdicts.stream().map(Row.Verdict::what).toList());
        assertFalse(verdicts.get(0).met());
        assertTrue(verdicts.get(1).met());
        assertEquals("p99 15.00 <= 16.00 met", verdicts.get(1).text());
        assertEquals("lost 3.00 <= 0.00 MISSED", verdicts.get(2).text());
    }

    @Test
    void verdicts_withoutRivals_areThoseThatNeedNone() {
        // Given
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        samples.put("ours", List.of(sample(8, 15, 0)));
        Row row = new Row(FAN, "ours", samples);

        // When
        List<Row.Verdict> verdicts = row.verdicts();

        // Then
        assertEquals(List.of("lost"), verdicts.stream().map(Row.Verdict::what).toList());
        assertTrue(new FanoutReport(List.of(), List.of(row)).text().contains("fan-1000x20"));
    }
}
