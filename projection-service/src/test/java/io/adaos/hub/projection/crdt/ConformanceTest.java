package io.adaos.hub.projection.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.crdt.codec.Lib0Check;
import io.adaos.hub.projection.crdt.sync.ProtocolCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What yjs 13.6.33 has written: the same content, vectors and bytes come out here. */
class ConformanceTest {
    private static final int FAILURES_SHOWN = 20;

    @Test
    void vectors_ofAllFiles_giveWhatYjsGives() {
        // Given
        List<Map<String, Object>> scenarios = Vectors.lines("scenarios.jsonl");
        ScenarioCheck check = new ScenarioCheck();

        // When
        int orders = 0;
        for (Map<String, Object> line : scenarios) {
            orders += check.run(new Scenario(line));
        }
        List<String> failures = new ArrayList<>(check.failures());
        failures.addAll(Lib0Check.failures(Vectors.lines("lib0.jsonl")));
        failures.addAll(ProtocolCheck.failures(Vectors.lines("protocol.jsonl")));
        failures.addAll(MalformedCheck.failures(Vectors.lines("malformed.jsonl")));

        // Then
        check.passed().forEach((what, count) -> System.out.println(what + ": " + count));
        failures.stream().limit(FAILURES_SHOWN).forEach(System.out::println);
        System.out.println("scenarios " + scenarios.size() + ", orders " + orders
                + ", failures " + failures.size());
        assertTrue(orders > 0, "the scenarios have no orders");
        assertEquals(List.of(), failures.stream().limit(FAILURES_SHOWN).toList());
    }

    /** Histories of what those of the other files have too little of: formats, XML, attributes. */
    @Test
    void richVectors_everyOrder_giveWhatYjsGives() {
        // Given
        ScenarioCheck check = new ScenarioCheck();

        // When
        int orders = 0;
        for (Map<String, Object> line : Vectors.ownLines("rich.jsonl")) {
            orders += check.run(new Scenario(line));
        }

        // Then
        assertTrue(orders > 0, "the scenarios have no orders");
        assertEquals(List.of(), check.failures().stream().limit(FAILURES_SHOWN).toList());
    }
}
