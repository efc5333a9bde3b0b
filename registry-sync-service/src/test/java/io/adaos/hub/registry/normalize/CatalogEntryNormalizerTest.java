package io.adaos.hub.registry.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.Publisher;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.registry.snapshot.RegistryJsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogEntryNormalizerTest {

    private static final Publisher PUBLISHER = new Publisher("user:ci", "hub-1");

    private final CatalogEntryNormalizer normalizer = new CatalogEntryNormalizer();

    @Test
    void skill_withEverything_becomesTheTargetEntry() throws IOException {
        // Given
        String yaml = resource("normalize/lamp-skill.yaml");

        // When
        CatalogEntry entry = entry(ArtifactKind.SKILL, "lamp-dir", yaml);

        // Then
        assertEquals(resource("normalize/lamp-registry.json"), new String(RegistryJsonWriter.write(
                        RegistryJsonWriter.snapshot(List.of(entry))), StandardCharsets.UTF_8));
    }

    @Test
    void scenario_needsSkills_fromDependsAndRuntimeOnce() {
        // Given
        String yaml = """
                id: web_desk
                version: 0.3.49
                title: Управление
                trigger: manual
                depends: [a_skill, b_skill, a_skill]
                runtime: {skills: {required: [c_skill], optional: [b_skill, d_skill]}}
                io: {input: [voice, text], output: [voice], settings: {x: 1}}
                """;

        // When
        CatalogEntry entry = entry(ArtifactKind.SCENARIO, "web_desk", yaml);

        // Then
        assertEquals(List.of("a_skill", "b_skill", "c_skill"), entry.skills().required());
        assertEquals(List.of("d_skill"), entry.skills().optional());
        assertEquals(List.of("voice", "text"), entry.io().input());
        assertEquals("manual", entry.trigger());
        assertEquals(null, entry.manifestId());
        assertEquals(null, entry.toolsCount());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            SKILL    | dir_a | id: one, name: two        | one   | two
            SKILL    | dir_a | name: two                 | two   | two
            SKILL    | dir_a | title: Lamp               | dir_a | Lamp
            SKILL    | dir_a | id: '', name: dir_a       | dir_a | -
            SCENARIO | dir_a | name: Two Words           | dir_a | Two Words
            SCENARIO | dir_a | id: one, title: dir_a     | one   | -
            """)
    void identityAndTitle_comeFromTheFirstFieldThatHasThem(
            ArtifactKind kind, String dir, String fields, String id, String title) {
        // Given
        String yaml = "{version: 1.0.0, " + fields + "}";

        // When
        CatalogEntry entry = entry(kind, dir, yaml);

        // Then
        assertEquals(id, entry.id());
        assertEquals(title, entry.title());
        assertEquals(dir, entry.install().name());
        assertEquals(id, entry.install().id());
    }

    @Test
    void wrongFields_areReportedAllAtOnce() {
        // Given
        String yaml = """
                name: [a]
                version: "1.0"
                title: {x: 1}
                description: true
                tags: {a: 1}
                entry: [x]
                runtime: {python: [3], activation: {mode: 5, when: text, startup_allowed: "no"}}
                tools: many
                title_i18n: [1]
                """;

        // When
        List<FieldProblem> problems = problems(ArtifactKind.SKILL, "ok", yaml);

        // Then
        assertEquals(Set.of("name", "version", "title", "description", "tags", "entry",
                        "runtime.python", "runtime.activation.when",
                        "runtime.activation.startup_allowed", "tools", "title_i18n"),
                problems.stream().map(FieldProblem::path).collect(Collectors.toSet()));
        assertEquals(11, problems.size(), problems.toString());
        assertTrue(problems.stream().allMatch(problem -> problem.remedy() != null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SKILL    | ok    | name: ok                          | version | version_missing
            SKILL    | ok    | version: '', name: ok             | version | version_missing
            SKILL    | ok    | version: ~                        | version | version_missing
            SKILL    | ok    | version: [1]                      | version | wrong_type
            SKILL    | ok    | version: 1.10                     | version | version_invalid
            SKILL    | ok    | version: latest                   | version | version_invalid
            SKILL    | ok    | version: 1.0.0, name: Two Words   | name    | id_invalid
            SKILL    | ok    | version: 1.0.0, id: ../x          | id      | id_invalid
            SCENARIO | ok    | version: 1.0.0, id: 'a/b'         | id      | id_invalid
            SKILL    | .hid  | version: 1.0.0, id: x             | .hid/   | name_invalid
            SKILL    | имя   | version: 1.0.0, id: x             | имя/    | name_invalid
            SCENARIO | ok    | version: 1.0.0, depends: x        | depends | wrong_type
            SCENARIO | ok    | version: 1.0.0, io: []            | io      | wrong_type
            SCENARIO | ok    | version: 1.0.0, depends: [{a: 1}] | depends[0] | wrong_type
            SKILL    | ok    | version: 1.0.0, runtime: [x]      | runtime | wrong_type
            """)
    void badManifest_isRefused_withPathAndCode(
            ArtifactKind kind, String dir, String fields, String path, String code) {
        // Given
        String yaml = "{" + fields + "}";

        // When
        List<FieldProblem> problems = problems(kind, dir, yaml);

        // Then
        assertEquals(List.of(path + ' ' + code), problems.stream()
                .map(problem -> problem.path() + ' ' + problem.code()).toList());
    }

    @Test
    void versionAsANumber_isShownAsItWasWritten() {
        // Given
        String yaml = "version: 1.10";

        // When
        FieldProblem problem = problems(ArtifactKind.SKILL, "ok", yaml).get(0);

        // Then
        assertTrue(problem.message().contains("'1.10'"), problem.message());
        assertTrue(problem.remedy().contains("1.10.0"), problem.remedy());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-07T12:00:00+00:00, true", "2026-04-07T12:00:00Z, true",
        "2026-07-02T13:34:49.123+03:00, true", "2026-04-07, false", "2026-04-07T12:00:00, false",
        "yesterday, false", "2026-13-07T12:00:00Z, false", "+12026-04-07T12:00:00Z, false"})
    void updatedAt_isKeptAsWritten_whenItIsAnInstant(String text, boolean isKept) {
        // Given
        String yaml = "version: 1.0.0\nupdated_at: '" + text + "'";

        // When
        Normalized.Entry taken =
                (Normalized.Entry) normalize(ArtifactKind.SKILL, "ok", yaml);

        // Then
        assertEquals(isKept ? text : null, taken.entry().updatedAt());
        assertEquals(isKept ? List.of() : List.of("updated_at_invalid"),
                taken.warnings().stream().map(FieldProblem::code).toList());
    }

    @Test
    void unknownModes_areShownAsDefaults_withAWarning() {
        // Given
        String yaml = "version: 1.0.0\n"
                + "runtime: {activation: {mode: often, when: {webspace_scope: mars}}}";

        // When
        Normalized.Entry taken = (Normalized.Entry) normalize(ArtifactKind.SKILL, "ok", yaml);

        // Then
        assertEquals(Map.of("mode", "eager"), taken.entry().activation());
        assertEquals(List.of("activation_mode_unknown", "webspace_scope_unknown"),
                taken.warnings().stream().map(FieldProblem::code).toList());
    }

    @Test
    void listsAndTexts_overTheirLimits_areRefused() {
        // Given
        String yaml = "version: 1.0.0\ndescription: " + "x".repeat(5_000)
                + "\ntags: [" + "a,".repeat(300) + "]";

        // When
        List<FieldProblem> problems = problems(ArtifactKind.SKILL, "ok", yaml);

        // Then
        assertEquals(List.of("text_too_long", "list_too_long"),
                problems.stream().map(FieldProblem::code).toList());
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tags: [            | 65 | t,                    | ] | list_too_long | 64
            tags: '            | 65 | t,                    | ' | list_too_long | 64
            tags: [            | 1  | %s                    | ] | text_too_long | 64
            title_i18n: {      | 65 | 'k%s': Lamp,          | } | list_too_long | 64
            """)
    void tagsAndTitles_overTheirLimits_areRefused_andTheLimitIsNamed(String before, int count,
            String item, String after, String code, String limit) {
        // Given
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < count; i++) {
            items.append(item.formatted(count == 1 ? "x".repeat(65) : i));
        }

        // When
        List<FieldProblem> problems = problems(
                ArtifactKind.SKILL, "ok", "version: 1.0.0\n" + before + items + after);

        // Then
        assertEquals(List.of(code), problems.stream().map(FieldProblem::code).toList());
        assertTrue(problems.get(0).message().contains(limit), problems.toString());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = CatalogEntryNormalizerTest.class.getResourceAsStream('/' + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private CatalogEntry entry(ArtifactKind kind, String dir, String yaml) {
        Normalized normalized = normalize(kind, dir, yaml);
        if (normalized instanceof Normalized.Entry taken) {
            return taken.entry();
        }
        throw new AssertionError(normalized);
    }

    private List<FieldProblem> problems(ArtifactKind kind, String dir, String yaml) {
        Normalized normalized = normalize(kind, dir, yaml);
        if (normalized instanceof Normalized.Rejected rejected) {
            return rejected.problems();
        }
        throw new AssertionError(normalized);
    }

    private Normalized normalize(ArtifactKind kind, String dir, String yaml) {
        ManifestDocument document = new ManifestReader(YamlLimits.DEFAULT)
                .read(kind.manifestFile(), yaml.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), document.problems());
        return normalizer.normalize(new ArtifactManifest(
                kind, dir, "adaos-registry", PUBLISHER, document.root().orElseThrow()));
    }
}
