package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories made by yjs 13.6.33: same content, same vectors, same bytes in every order. */
class ConformanceTest {
    private static final int FAILURES_SHOWN = 20;

    @Test
    void scenarios_everyOrder_sameContentAndBytesAsYjs() {
        // Given
        List<Map<String, Object>> lines = Vectors.lines("scenarios.jsonl");
        ScenarioCheck check = new ScenarioCheck();
        int orders = 0;

        // When
        for (Map<String, Object> line : lines) {
            Scenario scenario = new Scenario(line);
            check.run(scenario);
            orders += scenario.orders().size();
        }

        // Then
        check.passed().forEach((what, count) -> System.out.println(what + ": " + count));
        check.failures().stream().limit(FAILURES_SHOWN).forEach(System.out::println);
        System.out.println("scenarios " + lines.size() + ", orders " + orders + ", failures "
                + check.failures().size());
        assertTrue(orders > 0, "no vectors were read");
        assertEquals(List.of(), check.failures().stream().limit(FAILURES_SHOWN).toList());
    }
}
