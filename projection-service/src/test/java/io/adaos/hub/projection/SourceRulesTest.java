package io.adaos.hub.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.testing.SourceRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    /** Which feature may import which; a new feature adds its row in the commit that brings it. */
    private static final Map<String, Set<String>> FEATURES = Map.of(
            "crdt", Set.of(),
            "ystore", Set.of("crdt"),
            "room", Set.of("crdt", "ystore"),
            "gateway", Set.of("write", "room", "crdt", "ystore"),
            "rules", Set.of(),
            "governance", Set.of(),
            "write", Set.of("room", "crdt", "rules", "governance", "ystore"),
            "details", Set.of("write", "rules", "governance"),
            "operationview", Set.of("write", "governance"),
            "panel", Set.of());

    @Test
    void sources_ofThisService_followTheRules() {
        // Given
        SourceRules rules = new SourceRules(Path.of("src"), "io.adaos.hub.projection", FEATURES);

        // When
        List<String> violations = rules.violations();

        // Then
        assertEquals(List.of(), violations, String.join("\n", violations));
    }
}
