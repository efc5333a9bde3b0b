package io.adaos.hub.marketplace.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.testing.SourceRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarketplaceRulesTest {

    @Test
    void thisModule_followsTheRules() {
        // Given
        SourceRules rules = new SourceRules(Path.of("src"), "io.adaos.hub.marketplace", Map.of(
                "catalogview", Set.of(),
                "installed", Set.of(),
                "listing", Set.of("catalogview", "installed")));

        // When
        List<String> violations = rules.violations();

        // Then
        assertEquals(List.of(), violations);
    }
}
