package io.adaos.hub.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.testing.SourceRules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    @Test
    void sources_ofThisModule_followTheRules() {
        // Given
        SourceRules rules = SourceRules.of(Path.of("src"), "io.adaos.hub.bench");

        // When
        List<String> violations = rules.violations();

        // Then
        assertEquals(List.of(), violations, String.join("\n", violations));
    }
}
