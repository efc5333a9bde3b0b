package io.adaos.hub.projection.status.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.contracts.status.StateSync.Semantic;
import io.adaos.hub.contracts.status.YjsPressure.PolicyState;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DerivedViewsTest {

    /** The case all this is for: commands go through, and what is shown is old. */
    @Test
    void controlReady_andStateStale_isSaidSo() {
        // Given
        HubContracts hub = new HubContracts(List.of(Contracts.ROOT, Contracts.BROWSER),
                Contracts.sync(Semantic.STALE, Freshness.STALE, "source_lost:operations"),
                List.of());

        // When
        String line = DerivedViews.statusLine(hub);
        JsonNode quality = json(BrowserQuality.of(hub));

        // Then
        assertEquals("control=ready sync=stale freshness=stale pressure=ok", line);
        assertEquals("ready", quality.at("/gates/browserControlRoute/state").asText());
        assertEquals("degraded", quality.at("/gates/stateSync/state").asText());
        assertEquals("logical=degraded quality=degraded", quality.path("summary").asText());
        assertEquals("source_lost:operations",
                DerivedViews.infraState(hub).get("description"));
    }

    @Test
    void healthyHub_isReadyEverywhere_andBlockedByNothing() {
        // When
        JsonNode compat = json(LegacyReliability.summary(
                Contracts.healthy(), LegacyReliability.Mode.COMPAT, 5));

        // Then
        assertEquals("control=ready sync=ready freshness=fresh pressure=ok",
                compat.path("statusLine").asText());
        assertEquals("logical=ready quality=ready",
                compat.at("/hubBrowserQuality/summary").asText());
        assertEquals("[]", compat.at("/stateSync/blockers").toString());
        assertEquals("not_applicable",
                compat.at("/connectivity/requiredUpstreamLink/transportState").asText());
        assertEquals("adaos.reliability_summary.compat.v1", compat.path("schema").asText());
        assertEquals("_by_owner/skill_infrastate_skill",
                compat.at("/yjsPressure/owner").asText());
    }

    @Test
    void block_isDegraded_andNamesItsRoots() {
        // Given
        HubContracts hub = new HubContracts(List.of(Contracts.BROWSER),
                Contracts.sync(Semantic.READY, Freshness.FRESH),
                List.of(Contracts.pressure(PolicyState.BLOCK, "data")));

        // When
        JsonNode reliability =
                json(LegacyReliability.reliability(hub, EpochSeconds.ofMillis(1_500)));
        JsonNode quality = json(BrowserQuality.of(hub));

        // Then
        assertEquals("[\"data\"]", reliability.at("/runtime/yjs_pressure/blocked_roots")
                .toString());
        assertEquals("critical", reliability.at("/runtime/yjs_pressure/observed_state").asText());
        assertEquals(1, reliability.at("/runtime/yjs_pressure/governance/blocked_total").asInt());
        assertEquals("degraded", quality.at("/gates/yjsPressure/state").asText());
        assertEquals("logical=ready quality=degraded", quality.path("summary").asText());
        assertFalse(reliability.toString().contains("quarantine"));
        assertEquals("Infra State", reliability.at("/summary/label").asText());
        assertEquals(1.5, reliability.at("/summary/updated_at").asDouble());
    }

    @ParameterizedTest
    @CsvSource({
        "READY, FRESH, ready, ready", "READY, AGING, warning, ready",
        "DEGRADED, FRESH, degraded, degraded", "READY, STALE, degraded, stale",
        "STALE, FRESH, degraded, stale"
    })
    void freshnessAndMeaning_areToldApart(
            Semantic semantic, Freshness freshness, String gate, String word) {
        // Given
        HubContracts hub = new HubContracts(List.of(Contracts.BROWSER),
                Contracts.sync(semantic, freshness), List.of());

        // When
        JsonNode quality = json(BrowserQuality.of(hub));

        // Then
        assertEquals(gate, quality.at("/gates/stateSync/state").asText());
        assertEquals(word, DerivedViews.infraState(hub).get("value"));
    }

    /** Words only: nothing in the document changes with time or with a browser that reconnects. */
    @Test
    void documentWords_holdNoNumberAndNoBrowser() {
        // Given
        HubContracts hub = new HubContracts(
                List.of(Contracts.ROOT, Contracts.NODE, Contracts.BROWSER),
                Contracts.sync(Semantic.READY, Freshness.AGING),
                List.of(Contracts.pressure(PolicyState.WARN)));

        // When
        JsonNode words = json(DerivedViews.document(hub));

        // Then
        assertEquals(json(Map.of(
                "state_sync", Map.of("transport_state", "attached",
                        "first_sync_state", "complete", "semantic_state", "ready",
                        "freshness_state", "aging", "fallback_mode", "off"),
                "yjs_pressure", Map.of("policy_state", "warn"),
                "connectivity", Map.of(
                        "hub_root/hub", Map.of("transport_state", "unknown",
                                "transition_state", "disabled"),
                        "member_hub/kitchen", Map.of("transport_state", "degraded",
                                "transition_state", "reconnecting")))), words);
    }

    @Test
    void documentWords_nameTheNodes_thatAreFoundAgain() {
        // Given
        HubContracts hub = new HubContracts(List.of(Contracts.ROOT, Contracts.NODE),
                Contracts.sync(Semantic.READY, Freshness.FRESH), List.of());

        // When
        List<Connectivity> found = KnownActors.in(
                Map.of("runtime", Map.of("status", DerivedViews.document(hub))));

        // Then
        assertEquals(List.of(Contracts.ROOT, Contracts.NODE), found);
        assertEquals(List.of(), KnownActors.in(Map.of("runtime", Map.of("status", Map.of(
                "connectivity", Map.of("x", 1, "/a", "b", "member_hub/y", Map.of()))))));
    }

    @ParameterizedTest
    @EnumSource(LegacyReliability.Mode.class)
    void summaries_areCamelCase(LegacyReliability.Mode mode) {
        // When
        JsonNode summary = json(LegacyReliability.summary(Contracts.healthy(), mode, 5));

        // Then
        assertEquals("adaos.reliability_summary." + mode.wire() + ".v1",
                summary.path("schema").asText());
        assertEquals(List.of(), names(summary).filter(name -> name.contains("_")).toList());
        assertTrue(summary.toString().contains("fresh"), summary.toString());
    }

    /** Nothing else is kept: a view has no state and sees the contracts and the JDK alone. */
    @Test
    void views_holdNothing_andAreMadeOfTheThreeContracts() throws IOException {
        // Given
        Path sources = Path.of("src/main/java/io/adaos/hub/projection/status/view");
        List<Class<?>> views = List.of(DerivedViews.class, BrowserQuality.class,
                LegacyReliability.class, CamelCase.class, KnownActors.class);

        // When
        List<String> imports;
        try (Stream<Path> files = Files.list(sources)) {
            imports = files.flatMap(DerivedViewsTest::imports).distinct().toList();
        }
        List<String> held = views.stream().flatMap(view -> Arrays.stream(view.getDeclaredFields()))
                .filter(field -> !isConstant(field)).map(Field::toString).toList();

        // Then
        assertEquals(List.of(), imports.stream().filter(name -> !name.startsWith("java.util.")
                && !name.startsWith("io.adaos.hub.contracts.status.")).toList());
        assertEquals(List.of(), held);
        assertEquals(List.of("connectivity", "stateSync", "pressure"),
                Arrays.stream(HubContracts.class.getRecordComponents())
                        .map(java.lang.reflect.RecordComponent::getName).toList());
        assertEquals(List.of(List.class, StateSync.class, List.class),
                Arrays.stream(HubContracts.class.getRecordComponents())
                        .map(java.lang.reflect.RecordComponent::getType).toList());
    }

    private static boolean isConstant(Field field) {
        return field.isSynthetic() || field.getType() == String.class
                && Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers());
    }

    private static Stream<String> imports(Path file) {
        try {
            return Files.readAllLines(file).stream().filter(line -> line.startsWith("import "))
                    .map(line -> line.substring("import ".length()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> names(JsonNode node) {
        Stream<String> own = node.properties().stream().map(Map.Entry::getKey);
        return Stream.concat(own, node.valueStream().flatMap(DerivedViewsTest::names));
    }

    private static JsonNode json(Map<String, Object> view) {
        return HubJson.mapper().valueToTree(view);
    }
}
