package io.adaos.hub.contracts.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ManifestRulesTest {

    private static final ArtifactRef RAIN = new ArtifactRef("skill", "rain");

    @Test
    void oldForm_isJoinedWithItsRoutes_theFirstOneCounts() {
        // Given
        String manifest = """
                {data_projections: [
                   {scope: subnet, slot: rain.now, targets: [{backend: yjs, path: data/rain/now}]},
                   {scope: current_user, slot: rain.mine, targets: [
                      {backend: kv},
                      {backend: yjs, path: 'data/rain/of/{user_id}', webspace_id: default}]}],
                 data_routes: [
                   {surface: a, route: stream, receiver: r, projection_slot: rain.now,
                    budget: {max_payload_bytes: 1}},
                   {surface: b, route: yjs, projection_slot: rain.now, budget: {
                      max_payload_bytes: 4096, max_items: 16, max_publish_hz: 0.5,
                      coalesce_ms: 1000, quarantine: true, snapshot_policy: none}},
                   {surface: c, route: yjs, projection_slot: rain.now,
                    budget: {max_payload_bytes: 8192}}]}""";

        // When
        DeclaredRules rules = read(manifest);

        // Then
        assertEquals(List.of(), rules.problems());
        assertEquals(List.of(
                new ProjectionRule("subnet", "rain.now", path("data/rain/now"), Optional.empty(),
                        new RuleBudget(4096, 16, 32, 65536), ProjectionMode.REPLACE),
                new ProjectionRule("current_user", "rain.mine", path("data/rain/of/{user_id}"),
                        Optional.of(WebspaceId.DESKTOP), RuleBudget.DEFAULT,
                        ProjectionMode.REPLACE)), rules.projections());
        assertEquals(List.of("data_projections[1].targets[0].backend projection_backend_ignored"),
                codes(rules.warnings()));
        assertEquals(3, rules.routes().size());
        assertEquals(Optional.of(0.5), rules.routes().get(1).budget().maxPublishHz());
    }

    @Test
    void newForm_saysPathLimitsModeDetailsAndDirectWrites() {
        // Given
        String manifest = """
                {runtime: {yjs: {
                   primary_doc: {direct_write: true, paths: [data/rain/raw],
                      migration: {state: legacy, until: '2027-01-31', reason: old}},
                   projections: [
                     {id: rain.current, path: data/rain/current, max_bytes: 8192, mode: merge},
                     {id: rain.all, path: data/rain/all, scope: webspace, mode: list,
                      max_items: 5, max_depth: 4, max_string_bytes: 100}],
                   details: {stream: true, http: true}}}}""";

        // When
        DeclaredRules rules = read(manifest);

        // Then
        assertEquals(List.of(), rules.problems());
        assertEquals(List.of(), rules.warnings());
        assertEquals(List.of(
                new ProjectionRule("subnet", "rain.current", path("data/rain/current"),
                        Optional.empty(), new RuleBudget(8192, 1000, 32, 65536),
                        ProjectionMode.MERGE),
                new ProjectionRule("webspace", "rain.all", path("data/rain/all"),
                        Optional.empty(), new RuleBudget(262144, 5, 4, 100),
                        ProjectionMode.LIST)), rules.projections());
        assertEquals(Optional.of(new DetailsRule(true, true, 262144)), rules.details());
        DirectWriteGrant grant = rules.directWrites().orElseThrow();
        assertEquals(List.of(path("data/rain/raw")), grant.paths());
        assertTrue(grant.isOpen(Instant.parse("2027-01-31T23:59:59Z")));
        assertFalse(grant.isOpen(Instant.parse("2027-02-01T00:00:00Z")));
    }

    @Test
    void bothFormsOfTheSameSlotAndPath_areOneRule() {
        // Given
        String manifest = """
                {data_projections: [{scope: subnet, slot: a, targets: [
                    {backend: yjs, path: data/rain/a}]}],
                 runtime: {yjs: {projections: [{id: a, path: data/rain/a, max_bytes: 7}]}}}""";

        // When
        DeclaredRules rules = read(manifest);

        // Then
        assertEquals(List.of(), rules.problems());
        assertEquals(1, rules.projections().size());
        assertEquals(7, rules.projections().get(0).budget().maxBytes());
        assertEquals(List.of("data_projections[0].targets[0] projection_declared_twice"),
                codes(rules.warnings()));
    }

    @Test
    void manifestThatSaysNothing_hasNoRules() {
        // Given
        String manifest = "{name: rain, runtime: {python: '3.11'}, data_routes: null}";

        // When
        DeclaredRules rules = read(manifest);

        // Then
        assertEquals(DeclaredRules.NONE, rules);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                projection("path: data", "targets[0].path path_invalid"),
                projection("path: ''", "targets[0].path path_missing"),
                projection("x: 1", "targets[0].path path_missing"),
                projection("path: 7", "targets[0].path wrong_type",
                        "targets[0].path path_missing"),
                projection("path: data.rain", "targets[0].path path_invalid"),
                projection("path: data//x", "targets[0].path path_invalid"),
                projection("path: 'data/{node_id}/x'",
                        "targets[0].path path_placeholder_unknown"),
                projection("path: data/desktop", "targets[0].path path_not_allowed"),
                projection("path: runtime/operations/x", "targets[0].path path_not_allowed"),
                projection("path: runtime/skills/other/x", "targets[0].path path_not_allowed"),
                projection("path: data/x, webspace_id: 'a b'",
                        "targets[0].webspace_id webspace_invalid"),
                whole("data_projections: 7", "data_projections wrong_type"),
                whole("data_projections: [x]", "data_projections[0] wrong_type"),
                whole("data_projections: [null]", "data_projections[0] wrong_type"),
                whole("data_projections: [{scope: 'a b', slot: s, targets: [{backend: yjs, "
                        + "path: data/x}]}]", "data_projections[0].scope scope_invalid"),
                whole("data_projections: [{scope: a, slot: [], targets: [{backend: yjs, "
                        + "path: data/x}]}]", "data_projections[0].slot wrong_type"),
                whole("data_routes: [{route: yjs, projection_slot: s, budget: {max_items: 0}}]",
                        "data_routes[0].budget.max_items wrong_type"),
                yjs("projections: [{path: data/x}]", "projections[0].id id_missing"),
                yjs("projections: [{id: a, path: data/x, max_bytes: 1048577}]",
                        "projections[0].max_bytes budget_too_large"),
                yjs("projections: [{id: a, path: data/x, max_bytes: '8'}]",
                        "projections[0].max_bytes wrong_type"),
                yjs("projections: [{id: a, path: data/x, max_bytes: 1.5}]",
                        "projections[0].max_bytes wrong_type"),
                yjs("projections: [{id: a, path: data/x, mode: append}]",
                        "projections[0].mode mode_unknown"),
                yjs("primary_doc: {direct_write: true}",
                        "primary_doc.paths direct_write_without_paths"),
                yjs("primary_doc: {direct_write: 'yes'}", "primary_doc.direct_write wrong_type"),
                yjs("primary_doc: {direct_write: true, paths: [data]}",
                        "primary_doc.paths[0] path_invalid"),
                yjs("primary_doc: {direct_write: true, paths: [data/a], migration: {}}",
                        "primary_doc.migration.state migration_state_unknown",
                        "primary_doc.migration.until migration_without_end"),
                yjs("details: true", "details wrong_type"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void faults_areNamedWithTheirPlace_andTheRuleIsLeftOut(String manifest, List<String> faults) {
        // Given
        String given = manifest;

        // When
        DeclaredRules rules = read(given);

        // Then
        assertEquals(faults, codes(rules.problems()));
        rules.problems().forEach(problem -> assertFalse(problem.remedy().isBlank()));
        assertEquals(Optional.empty(), rules.directWrites());
    }

    @Test
    void overlappingPathsOfOneOwner_areRefused_andNodeScopedOnesAreApart() {
        // Given
        String manifest = """
                {data_projections: [
                   {scope: subnet, slot: a, targets: [{backend: yjs, path: data/rain}]},
                   {scope: subnet, slot: b, targets: [{backend: yjs, path: data/rain/now}]},
                   {scope: webspace, slot: c, targets: [{backend: yjs, path: data/rain/now}]},
                   {scope: webspace, slot: d, targets: [{backend: yjs, path: data/rain/now}]}]}""";

        // When
        DeclaredRules rules = read(manifest);

        // Then
        assertEquals(List.of("data_projections[1].targets[0] projection_paths_overlap",
                "data_projections[3].targets[0] projection_paths_overlap"),
                codes(rules.problems()));
        assertEquals(List.of("a", "c"),
                rules.projections().stream().map(ProjectionRule::slot).toList());
    }

    @Test
    void oneSlotTwice_isRefused_unlessEachNamesItsWebspace() {
        // Given
        String manifest = """
                {data_projections: [
                   {scope: webspace, slot: a, targets: [
                      {backend: yjs, path: data/a, webspace_id: desktop},
                      {backend: yjs, path: data/b, webspace_id: dev}]},
                   {scope: webspace, slot: b, targets: [
                      {backend: yjs, path: data/c}, {backend: yjs, path: data/d}]}]}""";

        // When
        DeclaredRules rules = read(manifest);

        // Then
        assertEquals(List.of("data_projections[1].targets[1] projection_declared_twice"),
                codes(rules.problems()));
        assertEquals(3, rules.projections().size());
    }

    @Test
    void whatOthersSkipSilently_isAWarning() {
        // Given
        String manifest = """
                {data_projections: [
                   {scope: subnet, targets: [{backend: yjs, path: data/a}]},
                   {scope: subnet, slot: a, targets: []},
                   {scope: subnet, slot: b, targets: [{backend: sql, table: t}]},
                   {scope: subnet, slot: c, targets: [{path: data/c}]}],
                 data_routes: [{surface: x}, {route: pigeon},
                   {surface: w, route: yjs, path: data.builder}],
                 runtime: {yjs: {primary_doc: {direct_write: false, paths: [data/a]}}}}""";

        // When
        DeclaredRules rules = read(manifest);

        // Then
        assertEquals(List.of(), rules.problems());
        assertEquals(List.of(), rules.projections());
        assertEquals(List.of("data_routes[0].route route_ignored",
                "data_routes[1].route route_unknown",
                "data_projections[0] projection_ignored",
                "data_projections[1] projection_ignored",
                "data_projections[2].targets[0].backend projection_backend_ignored",
                "data_projections[3].targets[0].backend projection_backend_ignored",
                "data_routes route_without_projection",
                "runtime.yjs.primary_doc direct_write_off"), codes(rules.warnings()));
    }

    @Test
    void tooManyProjections_areNotReadAtAll() {
        // Given
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 257; i++) {
            many.add(Map.of("id", "s" + i, "path", "data/p" + i));
        }

        // When
        DeclaredRules rules = ManifestRules.read(RAIN,
                Map.of("runtime", Map.of("yjs", Map.of("projections", many))));

        // Then
        assertEquals(List.of("runtime.yjs.projections list_too_long"), codes(rules.problems()));
        assertEquals(List.of(), rules.projections());
    }

    private static Arguments projection(String target, String... faults) {
        return Arguments.of(
                "{data_projections: [{scope: a, slot: s, targets: [{backend: yjs, "
                        + target + "}]}]}",
                Stream.of(faults).map(fault -> "data_projections[0]." + fault).toList());
    }

    private static Arguments whole(String manifest, String... faults) {
        return Arguments.of('{' + manifest + '}', List.of(faults));
    }

    private static Arguments yjs(String members, String... faults) {
        return Arguments.of("{runtime: {yjs: {" + members + "}}}",
                Stream.of(faults).map(fault -> "runtime.yjs." + fault).toList());
    }

    private static List<String> codes(List<FieldProblem> problems) {
        return problems.stream().map(problem -> problem.path() + ' ' + problem.code()).toList();
    }

    private static ProjectionPath path(String text) {
        return ProjectionPath.parse(text);
    }

    /** A manifest in YAML's flow form. */
    @SuppressWarnings("unchecked")
    private static DeclaredRules read(String manifest) {
        return ManifestRules.read(RAIN, (Map<String, Object>)
                new Load(LoadSettings.builder().build()).loadFromString(manifest));
    }
}
