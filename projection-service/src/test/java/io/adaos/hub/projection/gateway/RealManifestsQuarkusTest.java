package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.DataRoute;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.DetailsRule;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.projection.operationview.InstalledShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Installs manifests as they lie on disk, writes every slot and all details they declare, and reads
 * them back as a browser does: always our own, and real ones where they are at hand
 * ({@code -Dhub.real-artifacts=DIR}). Streams are loaded only.
 */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class RealManifestsQuarkusTest {

    private static final Path OWN = Path.of("src/test/resources/manifests");
    private static final Path LIKE_REAL_ONES =
            Path.of("../registry-sync-service/src/test/resources/artifacts");
    private static final Path REAL = Path.of(
            System.getProperty("hub.real-artifacts", "../../shared/data/adaos-real"));
    private static final String WEBSPACE = "manifests";
    private static final String BROWSER = "test-browser-key-0123456789abcdef";

    private static int installations;

    @TestHTTPResource("/")
    URI server;

    @Inject
    InstalledRulesService rules;

    @ConfigProperty(name = "hub.keys.file")
    Path keys;

    private final InstalledShelf upstream = OperationsUpstream.get().shelf();

    @Test
    void ownManifests_areWrittenAndReadBack_slotForSlot() throws IOException {
        // Given
        List<ManifestFolder.Found> found = new ArrayList<>(new ManifestFolder(OWN).manifests());
        found.addAll(new ManifestFolder(LIKE_REAL_ONES).manifests());

        // When
        Map<String, Outcome> outcomes = writeAll(found);

        // Then
        assertEquals(found.size(), outcomes.size());
        outcomes.values().forEach(outcome -> assertEquals(List.of(), outcome.faults()));
        assertEquals("6 slots, 8 details, 1 streams", outcomes.get("skills/ledger_skill").line());
        assertEquals("2 slots, 1 details, 0 streams",
                outcomes.get("scenarios/harbour").line());
        assertEquals("14 slots, 1 details, 14 streams",
                outcomes.get("skills/station_skill").line());
        assertEquals("1 slots, 0 details, 0 streams", outcomes.get("skills/rain_skill").line());
    }

    @Test
    void realManifests_areWrittenAndReadBack_slotForSlot() throws IOException {
        // Given
        List<ManifestFolder.Found> found = new ManifestFolder(
                Files.isDirectory(REAL) ? REAL : LIKE_REAL_ONES).manifests();

        // When
        Map<String, Outcome> outcomes = writeAll(found);

        // Then
        assertFalse(outcomes.isEmpty());
        outcomes.forEach((place, outcome) -> {
            System.out.println("| " + place + " | " + outcome.line() + " |");
            assertEquals(List.of(), outcome.faults(), place);
        });
    }

    /** What was written and read back of one manifest, and what went wrong. */
    private record Outcome(int slots, int details, long streams, List<String> faults) {

        String line() {
            return slots + " slots, " + details + " details, " + streams + " streams";
        }
    }

    private Map<String, Outcome> writeAll(List<ManifestFolder.Found> found) throws IOException {
        assertFalse(found.isEmpty(), "no manifests");
        letIn(found);
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/" + WEBSPACE);
        TestSocket browser = TestSocket.open(
                server, "/yws/" + WEBSPACE + "?token=" + BROWSER).ask();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (ManifestFolder.Found each : found) {
            outcomes.put(each.place(), write(each, browser));
        }
        browser.close();
        return outcomes;
    }

    private Outcome write(ManifestFolder.Found found, TestSocket browser) {
        ArtifactRef artifact = found.artifact();
        String version = "1.0." + ++installations;
        upstream.publishManifest(artifact, version, found.json());
        upstream.install(artifact, version);
        await().until(() -> rules.book().layer(artifact)
                .filter(layer -> layer.version().equals(version))
                .filter(RuleLayer::manifestAvailable).isPresent());
        if (artifact.kind().equals("scenario")) {
            assertEquals(200, given().auth().oauth2(TestKeys.ADMIN)
                    .contentType("application/json")
                    .body(Map.of("scenario_id", artifact.id()))
                    .post("/v1/webspaces/" + WEBSPACE + "/scenario").statusCode());
        }
        DeclaredRules declared = rules.book().layer(artifact).orElseThrow().rules();
        List<String> faults = new ArrayList<>();
        declared.problems().forEach(problem -> faults.add(problem.toString()));
        if (declared.projections().size() != found.declared()) {
            faults.add(found.declared() + " declared, loaded " + declared.projections().size());
        }
        declared.projections().forEach(rule ->
                writeSlot(artifact, rule, browser).ifPresent(faults::add));
        List<String> details = details(declared);
        details.forEach(slot -> writeDetails(artifact, slot).ifPresent(faults::add));
        upstream.uninstall(artifact);
        await().until(() -> rules.book().layer(artifact).isEmpty());
        return new Outcome(declared.projections().size(), details.size(),
                declared.routes().stream().filter(route -> route.route().equals("stream"))
                        .count(), faults);
    }

    private Optional<String> writeSlot(
            ArtifactRef artifact, ProjectionRule rule, TestSocket browser) {
        Map<String, Object> value = value(rule.slot());
        Map<String, Object> body = new LinkedHashMap<>(Map.of(
                "scope", rule.scope(), "value", value));
        if (rule.path().toString().contains("{user_id}")) {
            body.put("user_id", "ann");
        }
        Response answer = given().auth().oauth2(key(artifact)).contentType("application/json")
                .body(body).post("/v1/webspaces/{ws}/projections/{slot}", WEBSPACE, rule.slot());
        if (answer.statusCode() != 200) {
            return Optional.of(rule.slot() + ": " + answer.asString());
        }
        List<String> path = List.of(answer.<String>path("path").split("/"));
        await(rule.slot()).until(() -> value.equals(browser.at(path)));
        return Optional.empty();
    }

    private Optional<String> writeDetails(ArtifactRef artifact, String slot) {
        Map<String, Object> value = value(slot);
        String path = "/v1/webspaces/{ws}/details/{slot}";
        Response written = given().auth().oauth2(key(artifact)).contentType("application/json")
                .body(value).put(path, WEBSPACE, slot);
        Response read = given().auth().oauth2(BROWSER).get(path, WEBSPACE, slot);
        boolean same = written.statusCode() == 200 && read.statusCode() == 200
                && value.equals(read.jsonPath().getMap(""))
                && read.header("ETag").equals(written.header("ETag"));
        return same ? Optional.empty()
                : Optional.of("details " + slot + ": " + written.asString() + read.asString());
    }

    /** Every slot with details: those of routes, open ones with a name put in, and all others. */
    private static List<String> details(DeclaredRules declared) {
        Stream<String> ofRoutes = declared.routes().stream().filter(DataRoute::isDetails)
                .flatMap(route -> Stream.of(route.slot(), route.receiver(), route.path())
                        .flatMap(Optional::stream).limit(1))
                .map(name -> name.endsWith("*")
                        ? name.substring(0, name.length() - 1) + "one" : name);
        Stream<String> ofAll = declared.details().filter(DetailsRule::http).isEmpty()
                ? Stream.empty() : declared.projections().stream().map(ProjectionRule::slot);
        return Stream.concat(ofRoutes, ofAll).distinct().toList();
    }

    /** Small enough for every budget, and unlike that of any other slot. */
    private static Map<String, Object> value(String slot) {
        return Map.of("slot", slot, "run", String.valueOf(installations), "on", true,
                "rows", List.of("первая", Map.of("id", "b")));
    }

    /** A key for each skill, and one of a browser; the service reads the file again by itself. */
    private void letIn(List<ManifestFolder.Found> found) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(SkillKeys.line(BROWSER, "user:browser", "webspace:" + WEBSPACE + ":read"));
        Stream.concat(Stream.of(new ArtifactRef("skill", "visitor")),
                        found.stream().map(ManifestFolder.Found::artifact))
                .filter(artifact -> artifact.kind().equals("skill")).distinct()
                .forEach(skill -> lines.add(SkillKeys.line(
                        key(skill), skill.toString(), "projection:write")));
        SkillKeys.letIn(keys, lines, key(found.get(0).artifact()));
    }

    /** That of the skill; slots of scenarios are written by any skill. */
    private static String key(ArtifactRef artifact) {
        return "test-key-of-" + (artifact.kind().equals("skill") ? artifact.id() : "visitor");
    }
}
