package io.adaos.hub.registry.catalog;

import static io.adaos.hub.registry.PushedArtifacts.push;
import static io.adaos.hub.registry.PushedArtifacts.pushSkill;
import static io.adaos.hub.registry.PushedArtifacts.pusher;
import static io.adaos.hub.registry.PushedArtifacts.with;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.registry.LargeUpload;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestArchives;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class CatalogQuarkusTest {

    @Test
    void pages_putTogether_areTheWholeCatalogInOrder() {
        // Given
        for (String name : List.of("page_c", "Page_B", "page_a")) {
            pushSkill(name, "1.0.0").then().statusCode(201);
        }
        push("scenarios", TestArchives.zip(Map.of("page_a/scenario.yaml", "version: 1.0.0")))
                .then().statusCode(201);

        // When
        List<Map<String, Object>> items = new ArrayList<>();
        Response page = given().get("/v1/catalog?limit=2");
        int total = page.path("total");
        for (int offset = 0; offset < total; offset += 2) {
            items.addAll(given().get("/v1/catalog?limit=2&offset=" + offset).path("items"));
        }

        // Then
        assertEquals(total, items.size());
        List<String> keys = items.stream().map(CatalogQuarkusTest::orderKey).toList();
        assertEquals(keys.stream().sorted(Comparator.naturalOrder()).toList(), keys);
        page.then().body("offset", is(0), "limit", is(2), "items.size()", is(2));
        assertEquals(32, page.<String>path("epoch").length());
    }

    @Test
    void catalog_unchanged_isNotSentAgain() {
        // Given
        pushSkill("etag_skill", "1.0.0").then().statusCode(201);
        String etag = tagThatHolds("/v1/catalog");
        String entryTag = tagThatHolds("/v1/skills/etag_skill");

        // When
        pushSkill("etag_skill", "1.0.1").then().statusCode(201);

        // Then
        assertEquals(200, status("/v1/catalog", etag));
        assertEquals(200, status("/v1/skills/etag_skill", entryTag));
    }

    @Test
    void registryJson_leavesOutWhatDependsOnArrival_andChangesWithTheCatalog() {
        // Given
        pushSkill("file_skill", "1.0.0").then().statusCode(201);
        Response before = given().get("/registry.json");

        // When
        pushSkill("file_skill", "1.0.1").then().statusCode(201);
        Response after = given().header("If-None-Match", before.header("ETag"))
                .get("/registry.json");

        // Then
        String entry = "skills.find { it.id == 'file_skill' }.";
        before.then().body(entry + "version", is("1.0.0"), entry + "revision", nullValue(),
                entry + "digest", nullValue(), entry + "content_digest", nullValue());
        after.then().statusCode(200).body(entry + "version", is("1.0.1"));
        assertEquals(after.asString(), given().get("/registry.json").asString());
        assertEquals('\n', after.asString().charAt(after.asString().length() - 1));
    }

    @Test
    void entry_isFoundByIdAndName_withoutRegardToCase() {
        // Given
        push("skills", TestArchives.zip(Map.of(
                "look_dir/skill.yaml", "id: look_id\nversion: 1.0.0"))).then().statusCode(201);

        // When
        List<String> found = List.of("look_id", "look_dir", "LOOK_ID").stream()
                .map(alias -> given().get("/v1/skills/" + alias).<String>path("id")).toList();

        // Then
        assertEquals(List.of("look_id", "look_id", "look_id"), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/skills/none", "/v1/scenarios/none", "/v1/skills/none/versions",
        "/v1/skills/none/versions/1.0.0", "/v1/skills/none/versions/1.0.0/manifest",
        "/v1/blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "/v1/blobs/sha256:12", "/v1/blobs/..%2fetc"})
    void whatIsNotPublished_isNotFound(String path) {
        // Given nothing of that name

        // When
        Response answer = pusher().urlEncodingEnabled(false).get(path);

        // Then
        answer.then().statusCode(404).body("remedy", is(answer.<String>path("remedy")));
        assertEquals("application/problem+json", answer.contentType());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "offset=-1", "limit=-1&offset=-1"})
    void pages_outsideTheLimits_areRefused(String query) {
        // Given a page that cannot be

        // When
        Response answer = given().get("/v1/catalog?" + query);

        // Then
        answer.then().statusCode(400).body("code", is("request_invalid"));
    }

    @Test
    void codeAndManifests_needACredential_andTheRestDoesNot() {
        // Given
        Response pushed = pushSkill("secret_skill", "1.0.0");
        String blob = "/v1/blobs/" + pushed.path("digest");
        String manifest = "/v1/skills/secret_skill/versions/1.0.0/manifest";

        // When
        List<Integer> anonymous = List.of(given().get(blob).statusCode(),
                given().get(manifest).statusCode());
        List<Integer> anybody = List.of(with(TestKeys.NOBODY).get(blob).statusCode(),
                with(TestKeys.NOBODY).get(manifest).statusCode());

        // Then
        assertEquals(List.of(401, 401), anonymous);
        assertEquals(List.of(200, 200), anybody);
        given().get("/v1/skills/secret_skill/versions/1.0.0").then().statusCode(200);
    }

    @Test
    void blobOfManyRows_comesBackWhole_withItsLength() throws Exception {
        // Given
        byte[] noise = new byte[(5 << 20) + 17];
        new Random(9).nextBytes(noise);
        byte[] archive = new TestArchives.ZipBuilder()
                .file("big_skill/skill.yaml", "version: 1.0.0", 0100644)
                .file("big_skill/noise.bin", noise, 0100644).bytes();
        LargeUpload.send(() -> new ByteArrayInputStream(archive), archive.length);
        String digest = "sha256:" + HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(archive));

        // When
        Response answer = pusher().get("/v1/blobs/" + digest);

        // Then
        answer.then().statusCode(200)
                .header("Content-Length", String.valueOf(archive.length))
                .header("ETag", '"' + digest + '"');
        assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest(answer.asByteArray())), digest.substring(7));
        assertEquals(304, pusher().header("If-None-Match", '"' + digest + '"')
                .get("/v1/blobs/" + digest).statusCode());
    }

    @Test
    void versions_withBuildMetadata_haveAnAddress() {
        // Given
        Response pushed = pushSkill("build_skill", "1.0.0+build.7");

        // When
        Response found = given().urlEncodingEnabled(false).get(pushed.header("Location"));

        // Then
        found.then().statusCode(200).body("version", is("1.0.0+build.7"));
        assertEquals(pushed.<String>path("digest"), found.path("digest"));
    }

    private static String orderKey(Map<String, Object> entry) {
        return (entry.get("kind").equals("skill") ? "0 " : "1 ")
                + ((String) entry.get("name")).toLowerCase(Locale.ROOT);
    }

    /**
     * A tag by which the next request was answered 304. The position is a part of it, which moves
     * until all facts are numbered.
     */
    private static String tagThatHolds(String path) {
        return await().until(() -> given().get(path).header("ETag"),
                etag -> status(path, etag) == 304);
    }

    private static int status(String path, String etag) {
        return given().header("If-None-Match", etag).get(path).statusCode();
    }
}
