package io.adaos.hub.registry.push;

import static io.adaos.hub.registry.PushedArtifacts.push;
import static io.adaos.hub.registry.PushedArtifacts.pushJson;
import static io.adaos.hub.registry.PushedArtifacts.pusher;
import static io.adaos.hub.registry.PushedArtifacts.withManifest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.StoredRows;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestArchives;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class BadManifestQuarkusTest {

    @Inject
    StoredRows stored;

    @ParameterizedTest(name = "{0} {1} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            skill.yaml    | a: [1                | manifest_rejected | skill.yaml yaml_syntax
            skill.yaml    | a: 1;a: 2            | manifest_rejected | a duplicate_key
            skill.yaml    | - a                  | manifest_rejected | skill.yaml not_a_mapping
            skill.yaml    | # nothing            | manifest_rejected | skill.yaml not_a_mapping
            skill.yaml    | a: !!java/object {}  | manifest_rejected | a yaml_tag
            skill.yaml    | a: &a [*a]           | manifest_rejected | a[0] yaml_alias
            skill.yaml    | tags: {a: 1}         | manifest_rejected | tags wrong_type
            skill.yaml    | id: ../x             | manifest_rejected | id id_invalid
            skill.yaml    | name: Мой            | manifest_rejected | name id_invalid
            skill.yaml    | title: "\\u0000"     | manifest_rejected | title control_character
            skill.yaml    | runtime: {yjs: {projections: [{id: a, path: data}]}} | \
            manifest_rejected | runtime.yjs.projections[0].path path_invalid
            skill.yaml    | runtime: {yjs: {projections: [{id: a, path: data/a}, \
            {id: b, path: data/a/b}]}} | \
            manifest_rejected | runtime.yjs.projections[1] projection_paths_overlap
            skill.yaml    | version: ~           | version_missing   | version version_missing
            skill.yaml    | version: 1.0         | version_invalid   | version version_invalid
            skill.yml     | a: 1                 | manifest_missing  | skill.yml manifest_misnamed
            Skill.yaml    | a: 1                 | manifest_missing  | Skill.yaml manifest_misnamed
            skill.json    | {}                   | manifest_missing  | skill.json manifest_misnamed
            scenario.yaml | a: 1                 | manifest_missing  | scenario.yaml of_other_kind
            readme.md     | nothing              | manifest_missing  | skill.yaml manifest_missing
            deep/skill.yaml | a: 1               | manifest_missing  | deep/skill.yaml too_deep_in
            """)
    void badManifest_isRefused_andNothingIsStored(
            String file, String text, String code, String problem) {
        // Given
        boolean isWhole = text.matches("(version|-|#).*");
        String manifest = text.replace(';', '\n') + (isWhole ? "" : "\nversion: 1.0.0");
        byte[] archive = withManifest(file, manifest);
        String before = stored.counts();

        // When
        Response answer = push("skills", archive);

        // Then
        answer.then().statusCode(422);
        assertEquals(code, answer.path("code"), answer.asString());
        assertEquals(1, answer.<List<String>>path("errors.path").size(), answer.asString());
        assertEquals(problem.split(" ")[0], answer.path("errors[0].path"));
        assertTrue(answer.<String>path("errors[0].code").endsWith(problem.split(" ")[1]),
                answer.asString());
        assertTrue(!answer.<String>path("errors[0].remedy").isBlank());
        assertEquals(before, stored.counts());
    }

    @Test
    void twoManifests_areRefused() {
        // Given
        byte[] archive = TestArchives.zip(Map.of(
                "sample/skill.yaml", "version: 1.0.0", "sample/scenario.yaml", "version: 1.0.0"));

        // When
        Response answer = push("scenarios", archive);

        // Then
        answer.then().statusCode(422);
        assertEquals(List.of("manifest_ambiguous"), answer.path("errors.code"));
    }

    @Test
    void allProblems_ofRequestAndManifest_areInOneAnswer() {
        // Given
        byte[] archive = TestArchives.zip(Map.of("skill.yaml",
                "title: [x]\nversion: two\nversion: three\ntools: 5\n"));

        // When
        Response answer = pushJson("skills", archive,
                Map.of("node_id", "not a node", "signature", Map.of("kid", "k")));

        // Then
        answer.then().statusCode(400);
        assertEquals("request_invalid", answer.path("code"));
        assertEquals(List.of("node_id_invalid", "signature_not_supported", "name_missing",
                        "duplicate_key", "version_invalid", "wrong_type", "wrong_type"),
                answer.path("errors.code"), answer.asString());
    }

    @Test
    void aliasBomb_andLongManifest_areRefused() {
        // Given
        StringBuilder bomb = new StringBuilder("version: 1.0.0\na0: &a0 [x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append('a').append(i).append(": &a").append(i).append(" [")
                    .append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        String longText = "version: 1.0.0\n#" + "x".repeat(1 << 20);

        // When
        Response bombed = push("skills", withManifest("skill.yaml", bomb.toString()));
        Response tooLong = push("skills", withManifest("skill.yaml", longText));

        // Then
        assertEquals(List.of("manifest_too_big"), bombed.path("errors.code"));
        assertEquals(List.of("manifest_too_long"), tooLong.path("errors.code"));
    }

    @Test
    void entry_thatIsTooBigInAll_isRefused_andTheLimitIsNamed() {
        // Given: every list is within its own limit
        String names = "x".repeat(240);
        StringBuilder manifest = new StringBuilder("version: 1.0.0\nruntime: {activation: {when: "
                + "{webspaces: [");
        for (int i = 0; i < 100; i++) {
            manifest.append(names).append(i).append(',');
        }

        // When
        Response answer = push("skills",
                withManifest("skill.yaml", manifest.append("]}}}").toString()));

        // Then
        answer.then().statusCode(422);
        assertEquals(List.of("entry_too_big"), answer.path("errors.code"), answer.asString());
        assertTrue(answer.<String>path("errors[0].message").endsWith("allowed are 16000"));
    }

    @Test
    void markup_inTexts_isKeptAsText() {
        // Given
        String markup = "<img src=x onerror=alert(1)>";
        byte[] archive = TestArchives.zip(Map.of("markup_skill/skill.yaml",
                "name: markup_skill\nversion: 1.0.0\ntitle: '" + markup + "'\n"));

        // When
        Response answer = push("skills", archive);

        // Then
        answer.then().statusCode(201);
        assertEquals(markup, answer.path("entry.title"));
        assertTrue(pusher().get("/registry.json").asString().contains(markup));
    }
}
