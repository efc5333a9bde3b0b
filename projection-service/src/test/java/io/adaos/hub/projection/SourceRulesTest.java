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
    private static final Map<String, Set<String>> FEATURES = Map.ofEntries(
            Map.entry("crdt", Set.of()),
            Map.entry("ystore", Set.of("crdt")),
            Map.entry("room", Set.of("crdt", "ystore")),
            Map.entry("gateway", Set.of("write", "room", "crdt", "ystore")),
            Map.entry("rules", Set.of()),
            Map.entry("governance", Set.of()),
            Map.entry("write", Set.of("room", "crdt", "rules", "governance", "ystore")),
            Map.entry("details", Set.of("write", "rules", "governance")),
            Map.entry("status", Set.of(
                    "gateway", "room", "write", "governance", "rules", "operationview", "stream",
                    "ystore")),
            Map.entry("card", Set.of("write", "room", "governance", "status")),
            Map.entry("operationview", Set.of("write", "governance")),
            Map.entry("stream", Set.of("gateway", "write", "room", "rules", "governance")),
            Map.entry("panel", Set.of()));

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
