package io.adaos.hub.projection.write.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.rules.DataRoute;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.adaos.hub.projection.governance.pressure.DeclaredBudgets;
import io.adaos.hub.projection.governance.pressure.DeclaredBudgets.Promise;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import io.adaos.hub.projection.rules.RuleBooks;
import io.adaos.hub.projection.rules.RuleLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestBudgetsTest {

    private static final OwnerId WEATHER = new OwnerId("skill:weather");

    @Test
    void skillWhoseEverySlotHasARate_promisesTwiceTheirSum() {
        // Given
        RuleLayer layer = weather(route("a", 0.5), route("b", 2.0));

        // When
        Map<OwnerId, Promise> promises = ManifestBudgets.of(RuleBooks.of(layer));

        // Then
        assertEquals(Map.of(WEATHER,
                new Promise(5.0 * RuleBudget.DEFAULT.maxBytes(), 5.0)), promises);
    }

    @Test
    void skillWithASlotWithoutRate_promisesNothing() {
        // Given
        RuleLayer layer = weather(route("a", 0.5));

        // When
        Map<OwnerId, Promise> promises = ManifestBudgets.of(RuleBooks.of(layer));

        // Then
        assertEquals(Map.of(), promises);
    }

    @Test
    void promise_onlyLowersTheWarning_andWhatIsConfiguredWins() {
        // Given
        OwnerId configured = new OwnerId("skill:clock");
        PressureThresholds own = PressureThresholds.DEFAULT.scaled(2);
        DeclaredBudgets budgets = new DeclaredBudgets(
                PressureThresholds.DEFAULT, Map.of(configured, own));

        // When
        budgets.declare(Map.of(WEATHER, new Promise(1e9, 1.5),
                configured, new Promise(1, 1)));

        // Then
        PressureThresholds marks = budgets.of(WEATHER);
        assertEquals(1.5, marks.writes().high());
        assertEquals(32, marks.writes().critical());
        assertEquals(PressureThresholds.DEFAULT.bytes(), marks.bytes());
        assertSame(own, budgets.of(configured));
        budgets.declare(Map.of(WEATHER, new Promise(1e9, 1.5)));
        assertSame(marks, budgets.of(WEATHER));
        budgets.declare(Map.of());
        assertSame(PressureThresholds.DEFAULT, budgets.of(WEATHER));
    }

    private static RuleLayer weather(DataRoute... routes) {
        return new RuleLayer(new ArtifactRef("skill", "weather"), "1.0.0", 1, true,
                new DeclaredRules(
                        List.of(RuleBooks.rules("a=data/weather/a", "b=data/weather/b")),
                        List.of(routes), Optional.empty(), Optional.empty(), List.of(),
                        List.of()));
    }

    private static DataRoute route(String slot, double hertz) {
        return new DataRoute("widget:" + slot, "yjs", Optional.of(slot), Optional.empty(),
                Optional.empty(), new DataRoute.Budget(Optional.empty(), Optional.empty(),
                        Optional.of(hertz), Optional.empty(), Optional.empty()));
    }
}
