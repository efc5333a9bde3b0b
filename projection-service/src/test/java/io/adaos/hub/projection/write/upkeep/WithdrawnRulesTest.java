package io.adaos.hub.projection.write.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.ManifestRules;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is cleared when an artifact is uninstalled. */
class WithdrawnRulesTest {

    private static final ArtifactRef WEATHER = new ArtifactRef("skill", "weather");
    private static final ArtifactRef CLOCK = new ArtifactRef("skill", "clock");
    private static final RuleBook EMPTY = RuleBook.unread(List.of()).completed();

    /** Each as {@code scope path}. */
    private static DeclaredRules declared(ArtifactRef owner, String... rules) {
        List<Object> projections = new ArrayList<>();
        for (String rule : rules) {
            String[] parts = rule.split(" ");
            projections.add(Map.of("id", "s" + projections.size(), "scope", parts[0],
                    "path", parts[1]));
        }
        return ManifestRules.read(owner,
                Map.of("runtime", Map.of("yjs", Map.of("projections", projections))));
    }

    private static RuleBook with(ArtifactRef owner, String... rules) {
        return EMPTY.with(new RuleLayer(owner, "1.0.0", 1, true, declared(owner, rules)));
    }

    private static Set<String> removed(
            DeclaredRules rules, Map<String, Object> document, RuleBook book) {
        return new WithdrawnRules(WEATHER, rules).removals(document, book).stream()
                .map(ProjectionWrite::path).map(path -> String.join("/", path))
                .collect(Collectors.toSet());
    }

    private static final Map<String, Object> DOCUMENT = Map.of(
            "data", Map.of(
                    "nodes", Map.of(
                            "hub", Map.of("weather", Map.of("now", 1, "else", 2)),
                            "n2", Map.of("weather", Map.of("now", 3))),
                    "weather", Map.of("of", Map.of("u1", 1, "u2", 2), "rest", 4),
                    "clock", Map.of("time", 5)),
            "ui", Map.of("application", Map.of("modals", Map.of(
                    "node:hub:forecast", Map.of(), "node:n2:forecast", Map.of(),
                    "settings", Map.of()))),
            "runtime", Map.of("skills", Map.of("weather", Map.of("a", 1), "clock", 2)));

    @Test
    void values_ofAllNodesUsersAndModals_areRemovedAndNothingElse() {
        // Given
        DeclaredRules rules = declared(WEATHER, "subnet data/weather/now",
                "current_user data/weather/of/{user_id}", "subnet ui/application/modals/forecast",
                "webspace data/weather/never");

        // When
        Set<String> removed = removed(rules, DOCUMENT, EMPTY);

        // Then
        assertEquals(List.of(), rules.problems());
        assertEquals(Set.of("data/nodes/hub/weather/now", "data/nodes/n2/weather/now",
                "data/weather/of/u1", "data/weather/of/u2",
                "ui/application/modals/node:hub:forecast",
                "ui/application/modals/node:n2:forecast", "runtime/skills/weather"), removed);
    }

    @Test
    void values_thatSomebodyElseMayWrite_stay() {
        // Given
        DeclaredRules rules = declared(WEATHER, "webspace data/weather/rest",
                "webspace data/clock");

        // When
        Set<String> removed = removed(rules, DOCUMENT, with(CLOCK, "webspace data/clock/time"));

        // Then
        assertEquals(Set.of("data/weather/rest", "runtime/skills/weather"), removed);
    }

    @Test
    void values_ofAnArtifactThatCameBack_stay() {
        // Given
        DeclaredRules rules = declared(WEATHER, "webspace data/weather/rest");

        // When
        Set<String> removed = removed(rules, DOCUMENT, with(WEATHER, "webspace data/other"));

        // Then
        assertEquals(Set.of(), removed);
    }
}
