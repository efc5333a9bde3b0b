package io.adaos.hub.operations.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.testing.SourceRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    private static final Map<String, Set<String>> FEATURES = Map.of(
            "diagnostics", Set.of("execution", "lifecycle"),
            "operationlog", Set.of(),
            "lifecycle", Set.of("operationlog"),
            "compat", Set.of("intake", "lifecycle", "notification"),
            "intake", Set.of("lifecycle"),
            "execution", Set.of("lifecycle", "operationlog"),
            "install", Set.of("execution", "lifecycle"),
            "work", Set.of("execution", "install", "lifecycle"),
            "notification", Set.of("lifecycle"),
            "retention", Set.of("lifecycle", "notification"));

    @Test
    void thisModule_followsTheRules() {
        // Given
        SourceRules rules = new SourceRules(
                Path.of("src"), "io.adaos.hub.operations", FEATURES);

        // When
        List<String> violations = rules.violations();

        // Then
        assertEquals(List.of(), violations, () -> String.join("\n", violations));
    }
}
