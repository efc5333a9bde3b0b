package io.adaos.hub.projection.details;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.ManifestRules;
import io.adaos.hub.contracts.rules.RuleBudget;
import io.adaos.hub.projection.details.DetailsRules.Declared;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.runtime.http.HubJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which artifact a slot of details belongs to, from manifests as they are written. */
class DetailsRulesTest {

    private static final ArtifactRef WEATHER = new ArtifactRef("skill", "weather");
    private static final ArtifactRef NEWER = new ArtifactRef("skill", "newer");
    private static final ArtifactRef HOME = new ArtifactRef("scenario", "home");
    private static final String MANIFEST = """
            {"data_projections": [{"scope": "subnet", "slot": "weather.current",
                "targets": [{"backend": "yjs", "path": "data/weather/current"}]}],
             "runtime": {"yjs": {"details": {"http": %s, "stream": true, "max_bytes": 5000}}},
             "data_routes": [
               {"surface": "a", "route": "tool/details", "path": "get_snapshot",
                "budget": {"max_payload_bytes": 131072, "max_items": 7}},
               {"surface": "b", "route": "details", "receiver": "weather.log.*", "path": "x"},
               {"surface": "c", "route": "details", "projection_slot": "weather.huge",
                "budget": {"max_payload_bytes": 16000000}},
               {"surface": "d", "route": "stream", "receiver": "weather.rows"}]}""";

    @ParameterizedTest
    @CsvSource({
        "true,  weather.current, 5000 10000",
        "false, weather.current, none",
        "true,  get_snapshot, 131072 7",
        "false, get_snapshot, 131072 7",
        "false, weather.log.kitchen, 262144 10000",
        "false, weather.log., 262144 10000",
        "false, weather.log, none",
        "false, x, none",
        "false, weather.huge, 1048576 10000",
        "true,  weather.rows, none",
        "true,  nobody.declared, none"})
    void slot_ofAManifest_hasTheBudgetOfItsRouteOrOfAllDetails(
            String http, String slot, String expected) {
        // Given
        RuleLayer layer = layer(WEATHER, 1, MANIFEST.formatted(http));

        // When
        String found = DetailsRules.budget(layer.rules(), slot).map(budget ->
                budget.maxBytes() + " " + budget.maxItems()).orElse("none");

        // Then
        assertEquals(expected, found);
    }

    @Test
    void slot_ofMany_belongsToTheActiveScenario_thenToTheNewestSkill() {
        // Given
        RuleBook book = RuleBook.unread(List.of()).completed()
                .with(layer(NEWER, 2, MANIFEST.formatted(true)))
                .with(layer(WEATHER, 1, MANIFEST.formatted(true)))
                .with(layer(HOME, 3, MANIFEST.formatted(true)));

        // When
        Declared withoutScenario = DetailsRules.find(book, WebspaceId.DESKTOP, "get_snapshot");
        Declared withScenario = DetailsRules.find(
                book.withScenarios(Map.of(WebspaceId.DESKTOP, HOME)), WebspaceId.DESKTOP,
                "get_snapshot");

        // Then
        assertEquals(NEWER, ((Declared.By) withoutScenario).layer().owner());
        assertEquals(HOME, ((Declared.By) withScenario).layer().owner());
    }

    @Test
    void slot_thatNobodyDeclares_isUnknown_untilAllRulesAreRead() {
        // Given
        RuleBook unread = RuleBook.unread(List.of());
        RuleBook read = unread.completed();
        RuleBook waiting = read.waitingFor(Set.of(WEATHER));

        // When
        Declared first = DetailsRules.find(unread, WebspaceId.DESKTOP, "a");
        Declared second = DetailsRules.find(waiting, WebspaceId.DESKTOP, "a");
        Declared third = DetailsRules.find(read, WebspaceId.DESKTOP, "a");

        // Then
        assertInstanceOf(Declared.Unknown.class, first);
        assertInstanceOf(Declared.Unknown.class, second);
        assertInstanceOf(Declared.Nobody.class, third);
    }

    @Test
    void budget_neverExceedsWhatABodyMayHold() {
        // Given
        RuleLayer layer = layer(WEATHER, 1, MANIFEST.formatted(true));

        // When
        RuleBudget budget = DetailsRules.budget(layer.rules(), "weather.huge").orElseThrow();

        // Then
        assertEquals(RuleBudget.CEILING, budget);
    }

    private static RuleLayer layer(ArtifactRef owner, long position, String manifest) {
        try {
            return new RuleLayer(owner, "1.0.0", position, true, ManifestRules.read(owner,
                    HubJson.mapper().readValue(
                            manifest, new TypeReference<Map<String, Object>>() { })));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
