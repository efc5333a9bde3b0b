package io.adaos.hub.marketplace;

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
            "catalogview", Set.of(),
            "installed", Set.of(),
            "listing", Set.of("catalogview", "installed"),
            "infrastate", Set.of("listing"));

    @Test
    void sources_followTheRules() {
        // Given
        SourceRules rules = new SourceRules(Path.of("src"), "io.adaos.hub.marketplace", FEATURES);

        // When
        List<String> violations = rules.violations();

        // Then
        assertEquals(List.of(), violations, String.join("\n", violations));
    }
}
