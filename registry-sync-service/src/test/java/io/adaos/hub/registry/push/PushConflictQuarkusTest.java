package io.adaos.hub.registry.push;

import static io.adaos.hub.registry.PushedArtifacts.push;
import static io.adaos.hub.registry.PushedArtifacts.pushJson;
import static io.adaos.hub.registry.PushedArtifacts.pushSkill;
import static io.adaos.hub.registry.PushedArtifacts.pusher;
import static io.adaos.hub.registry.PushedArtifacts.skill;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.StoredRows;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestArchives;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class PushConflictQuarkusTest {

    @Inject
    StoredRows stored;

    @Test
    void sameContent_packedInAnyWay_isTheSameVersion() {
        // Given
        Map<String, String> files = skill("same_skill", "1.0.0");
        Response first = push("skills", TestArchives.zip(files));
        Map<String, String> flat = Map.of("./skill.yaml", files.get("same_skill/skill.yaml"),
                "./handlers/main.py", files.get("same_skill/handlers/main.py"));
        String before = stored.counts();

        // When
        Response again = pushJson("skills", TestArchives.tarGz(flat),
                Map.of("name", "same_skill", "message", "again", "sha256", ""));

        // Then
        again.then().statusCode(200).body("created", is(false), "revision", is(1),
                "digest", is(first.<String>path("digest")),
                "content_digest", is(first.<String>path("content_digest")));
        assertEquals(first.<Map<String, Object>>path("entry"), again.path("entry"));
        assertEquals(before, stored.counts());
    }

    @Test
    void otherContent_underTheSameVersion_isAConflict() {
        // Given
        pushSkill("other_skill", "1.0.0").then().statusCode(201);
        byte[] changed = TestArchives.zip(skill("other_skill", "1.0.0", "description: new\n"));
        String before = stored.counts();

        // When
        Response answer = push("skills", changed);

        // Then
        answer.then().statusCode(409).body("code", is("version_conflict"),
                "errors[0].path", is("version"));
        assertTrue(answer.<String>path("published_content_digest").startsWith("sha256:"));
        assertEquals(before, stored.counts());
    }

    @Test
    void executableBit_isContent() {
        // Given
        String manifest = "name: bit_skill\nversion: 1.0.0\n";
        byte[] plain = new TestArchives.ZipBuilder()
                .file("bit_skill/skill.yaml", manifest, 0100644)
                .file("bit_skill/run", "x", 0100644).bytes();
        byte[] executable = new TestArchives.ZipBuilder()
                .file("bit_skill/skill.yaml", manifest, 0100644)
                .file("bit_skill/run", "x", 0100755).bytes();
        push("skills", plain).then().statusCode(201);

        // When
        Response answer = push("skills", executable);

        // Then
        answer.then().statusCode(409).body("code", is("version_conflict"));
    }

    @Test
    void names_thatDifferByCaseOnly_belongToTheFirst() {
        // Given
        pushSkill("Case_skill", "1.0.0").then().statusCode(201);

        // When
        Response answer = pushSkill("case_skill", "1.0.0");

        // Then
        answer.then().statusCode(409).body("code", is("name_conflict"),
                "errors[0].path", is("id"), "errors[0].code", is("name_taken"));
    }

    @Test
    void folder_whoseNameIsAnothersId_isAConflict() {
        // Given
        push("skills", TestArchives.zip(Map.of("dir_a/skill.yaml", "id: alias_b\nversion: 1.0.0")))
                .then().statusCode(201);

        // When
        Response answer = push("skills", TestArchives.zip(
                Map.of("alias_b/skill.yaml", "id: alias_c\nversion: 1.0.0")));

        // Then
        answer.then().statusCode(409).body("errors[0].path", is("name"),
                "errors[0].code", is("name_taken"));
    }

    @Test
    void sameId_fromAnotherFolder_isAConflict() {
        // Given
        push("scenarios", TestArchives.zip(Map.of("one/scenario.yaml", "id: mv\nversion: 1.0.0")))
                .then().statusCode(201);

        // When
        Response answer = push("scenarios", TestArchives.zip(
                Map.of("two/scenario.yaml", "id: mv\nversion: 2.0.0")));

        // Then
        answer.then().statusCode(409).body("errors[0].code", is("name_changed"));
    }

    @Test
    void skillAndScenario_mayShareAName() {
        // Given
        pushSkill("both_kinds", "1.0.0").then().statusCode(201);

        // When
        Response answer = push("scenarios", TestArchives.zip(
                Map.of("both_kinds/scenario.yaml", "version: 1.0.0")));

        // Then
        answer.then().statusCode(201);
    }

    @Test
    void entry_showsTheHighestVersion_whateverTheOrder() {
        // Given
        List<String> versions = List.of("1.0.0-rc.1", "0.9.0", "2.0.0-beta", "1.10.0", "1.9.0");
        List<String> shown = new ArrayList<>();
        List<Integer> revisions = new ArrayList<>();

        // When
        for (String version : versions) {
            Response answer = pushSkill("order_skill", version);
            answer.then().statusCode(201);
            shown.add(answer.path("entry.version"));
            revisions.add(answer.path("revision"));
        }

        // Then
        assertEquals(List.of("1.0.0-rc.1", "0.9.0", "0.9.0", "1.10.0", "1.10.0"), shown);
        assertEquals(List.of(1, 2, 2, 3, 3), revisions);
        given().get("/v1/skills/order_skill/versions").then().body("total", is(5),
                "items[0].version", is("1.9.0"));
        given().get("/v1/skills/order_skill/versions/2.0.0-beta").then().statusCode(200)
                .body("version", is("2.0.0-beta"));
    }

    @Test
    void lateOlderVersion_saysThatTheEntryStays() {
        // Given
        pushSkill("late_skill", "2.0.0").then().statusCode(201);

        // When
        Response answer = pushSkill("late_skill", "1.0.0");

        // Then
        answer.then().statusCode(201).body("version", is("1.0.0"), "entry.version", is("2.0.0"),
                "revision", is(1), "warnings[0].code", is("older_version"));
        assertEquals("1.0.0", given().get("/v1/skills/late_skill/versions/1.0.0")
                .path("version"));
    }

    @Test
    void dryRun_givesTheSameVerdict_andStoresNothing() {
        // Given
        pushSkill("dry_skill", "1.0.0").then().statusCode(201);
        String before = stored.counts();
        byte[] next = TestArchives.zip(skill("dry_skill", "1.1.0"));
        byte[] conflicting = TestArchives.zip(skill("dry_skill", "1.0.0", "title: x\n"));
        byte[] bad = TestArchives.zip(skill("dry_skill", "one"));

        // When
        Response fine = dryRun(next);
        Response conflict = dryRun(conflicting);
        Response rejected = dryRun(bad);

        // Then
        assertEquals(before, stored.counts());
        fine.then().statusCode(200).body("created", is(true), "dry_run", is(true),
                "revision", is(2), "entry.version", is("1.1.0"));
        assertEquals(problem(push("skills", conflicting)), problem(conflict));
        assertEquals(problem(push("skills", bad)), problem(rejected));
        Response real = push("skills", next);
        assertEquals(real.<Map<String, Object>>path("entry"), fine.path("entry"));
        assertEquals(real.<String>path("digest"), fine.path("digest"));
    }

    @Test
    void manyPushesAtOnce_ofOneArtifact_giveOneLineOfRevisions() throws Exception {
        // Given
        List<byte[]> archives = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] archive = TestArchives.zip(skill("race_skill", "1.0." + i));
            archives.addAll(List.of(archive, archive, archive));
        }
        Collections.shuffle(archives, new Random(3));

        // When
        Map<Integer, Integer> statuses = statuses(archives);

        // Then
        assertEquals(Map.of(201, 8, 200, 16), statuses);
        given().get("/v1/skills/race_skill").then().body("version", is("1.0.7"));
        given().get("/v1/skills/race_skill/versions").then().body("total", is(8));
    }

    @Test
    void manyPushesAtOnce_ofDifferentArtifactsWithOneName_haveOneWinner() throws Exception {
        // Given
        List<byte[]> archives = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            archives.add(TestArchives.zip(Map.of("wanted_name/skill.yaml",
                    "id: wanted_id_" + i + "\nversion: 1.0.0\n")));
        }

        // When
        Map<Integer, Integer> statuses = statuses(archives);

        // Then
        assertEquals(Map.of(201, 1, 409, 11), statuses);
    }

    private static Map<Integer, Integer> statuses(List<byte[]> archives) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (byte[] archive : archives) {
                answers.add(threads.submit(() -> push("skills", archive).statusCode()));
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Response dryRun(byte[] archive) {
        return pusher().multiPart("archive", "a.zip", archive).queryParam("dry_run", "true")
                .post("/v1/skills");
    }

    private static Map<String, Object> problem(Response answer) {
        Map<String, Object> problem = new TreeMap<>(answer.<Map<String, Object>>path("$"));
        problem.remove("correlation_id");
        return problem;
    }
}
