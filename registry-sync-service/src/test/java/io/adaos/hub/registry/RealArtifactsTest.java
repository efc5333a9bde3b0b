package io.adaos.hub.registry;

import static io.adaos.hub.registry.PushedArtifacts.packed;
import static io.adaos.hub.registry.PushedArtifacts.push;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pushes artifacts as they lie on disk: always our own, and real ones where they are at hand
 * ({@code -Dhub.real-artifacts=DIR}). Each must be taken, or refused with a reason and a remedy.
 */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class RealArtifactsTest {

    private static final Path OWN = Path.of("src/test/resources/artifacts");
    private static final Path REAL = Path.of(
            System.getProperty("hub.real-artifacts", "../../shared/data/adaos-real"));
    private static final Set<String> SKILL_FILES =
            Set.of("skill.yaml", "skill.yml", "skill.json", "adaos.skill.yaml");
    private static final Set<String> SCENARIO_FILES =
            Set.of("scenario.yaml", "scenario.yml", "scenario.json");

    @Test
    void ownFixtures_areTakenOrRefused_asTheyDeserve() throws IOException {
        // Given
        Map<String, String> expected = Map.of(
                "skills/station_skill", "201 station_skill 0.75.50",
                "skills/rain_skill", "201 rain_skill 2.5.2",
                "skills/bell_skill2", "201 BellSkill 0.1.0",
                "skills/probe-skill.2025-10-17", "201 probe-skill.2025-10-17 0.0.1",
                "skills/draft_skill", "422 version_missing",
                "scenarios/home_desktop", "201 home_desktop 0.3.49",
                "scenarios/hello_start", "422 version_invalid",
                "scenarios/first_steps", "422 manifest_missing",
                "scenarios/evening", "201 evening 1.0.0-rc.1+build.7");

        // When
        List<Outcome> outcomes = pushAll(OWN);

        // Then
        assertEquals(expected.size(), outcomes.size());
        outcomes.forEach(outcome ->
                assertEquals(expected.get(outcome.path()), outcome.verdict(), outcome.path()));
        assertTrue(outcomes.stream().anyMatch(outcome ->
                outcome.path().equals("scenarios/home_desktop")
                        && outcome.answer().<List<String>>path("warnings.code")
                                .contains("projection_backend_ignored")));
        Response station = given().get("/v1/skills/station_skill");
        assertEquals(7, station.<Integer>path("tools_count"));
        assertEquals("lazy", station.path("activation.mode"));
        assertEquals(List.of("station_skill", "rain_skill", "bell_skill"),
                given().get("/v1/scenarios/home_desktop").path("skills.required"));
        assertEquals(List.of("weather", "погода"),
                given().get("/v1/skills/rain_skill").path("tags"));
    }

    /** What people copy must be right. */
    @Test
    void templateAndExample_areTaken_withoutAWarning() throws IOException {
        // Given
        List<Outcome> outcomes = new ArrayList<>(pushAll(Path.of("../deploy/skill-template")));

        // When
        outcomes.addAll(pushAll(Path.of("../deploy/skill-example")));

        // Then
        assertEquals(List.of("201 climate 1.0.0", "201 jobs_board 1.0.0"),
                outcomes.stream().map(Outcome::verdict).toList());
        outcomes.forEach(outcome -> assertEquals(List.of(),
                outcome.answer().<List<String>>path("warnings.message"), outcome.path()));
    }

    @Test
    void realArtifacts_areTakenOrRefused_withAReason() throws IOException {
        // Given
        Path root = Files.isDirectory(REAL) ? REAL : OWN;

        // When
        List<Outcome> outcomes = pushAll(root);

        // Then
        assertFalse(outcomes.isEmpty());
        outcomes.forEach(outcome -> System.out.println(outcome.line()));
        outcomes.forEach(outcome -> assertTrue(outcome.isClear(), outcome.line()));
        assertEquals(200, given().get("/registry.json").statusCode());
    }

    /** What became of one artifact. */
    private record Outcome(String path, Response answer) {

        String verdict() {
            return answer.statusCode() + " " + (answer.statusCode() < 300
                    ? answer.path("id") + " " + answer.path("version") : answer.path("code"));
        }

        boolean isClear() {
            return answer.statusCode() == 200 || answer.statusCode() == 201
                    || answer.statusCode() >= 400 && answer.statusCode() < 500
                    && answer.path("code") != null
                    && !answer.<List<String>>path("errors.remedy").isEmpty();
        }

        String line() {
            String reasons = answer.statusCode() < 300
                    ? answer.<List<String>>path("warnings.message").toString()
                    : answer.<List<String>>path("errors.message").toString();
            return "| " + path + " | " + verdict() + " | " + reasons + " |";
        }
    }

    private static List<Outcome> pushAll(Path root) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path folder : found.filter(Files::isDirectory).sorted().toList()) {
                String kinds = kinds(folder);
                if (!kinds.isEmpty()) {
                    outcomes.add(new Outcome(root.relativize(folder).toString(),
                            push(kinds, packed(folder))));
                }
            }
        }
        return outcomes;
    }

    /** The place to push a folder to; empty when it is no artifact. */
    private static String kinds(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            if (names.stream().anyMatch(SKILL_FILES::contains)) {
                return "skills";
            }
            return names.stream().anyMatch(SCENARIO_FILES::contains) ? "scenarios" : "";
        }
    }
}
