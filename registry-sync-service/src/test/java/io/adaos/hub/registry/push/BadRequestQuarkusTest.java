package io.adaos.hub.registry.push;

import static io.adaos.hub.registry.PushedArtifacts.push;
import static io.adaos.hub.registry.PushedArtifacts.pushJson;
import static io.adaos.hub.registry.PushedArtifacts.pusher;
import static io.adaos.hub.registry.PushedArtifacts.skill;
import static io.adaos.hub.registry.PushedArtifacts.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.registry.StoredRows;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestArchives;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class BadRequestQuarkusTest {

    private static final byte[] GOOD = TestArchives.zip(skill("request_skill", "1.0.0"));

    @Inject
    StoredRows stored;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing                | ``                                | 400 | body_invalid
            no JSON                | {"name"                           | 400 | body_invalid
            no object              | []                                | 400 | body_invalid
            two values             | {"archive_b64":"@"} 1             | 400 | body_invalid
            a member twice         | {"name":"a","name":"b"}           | 400 | body_invalid
            no archive             | {"name":"x"}                      | 400 | archive_missing
            no base64              | {"archive_b64":"%%%"}             | 400 | body_invalid
            cut base64             | {"archive_b64":"UEsDB"}           | 400 | body_invalid
            a number for text      | {"archive_b64":"@","name":5}      | 400 | body_invalid
            text for an object     | {"archive_b64":"@","metadata":""} | 400 | body_invalid
            bad name               | {"archive_b64":"@","name":"../x"} | 400 | request_invalid
            bad node               | {"archive_b64":"@","node_id":"a b"} | 400 | request_invalid
            bad sha256             | {"archive_b64":"@","sha256":"12"} | 400 | request_invalid
            signature              | {"archive_b64":"@","signature":{}} | 400 | request_invalid
            """)
    void badJson_isRefused_andNothingIsStored(
            String name, String body, int status, String code) {
        // Given
        String text = body.replace("@", Base64.getEncoder().encodeToString(GOOD));
        String before = stored.counts();

        // When
        Response answer = pusher().contentType("application/json").body(text).post("/v1/skills");

        // Then
        answer.then().statusCode(status).body("code", is(code), "remedy", notNullValue());
        assertEquals(before, stored.counts());
    }

    @Test
    void wrongDigest_isRefused() {
        // Given
        String digest = "0".repeat(64);

        // When
        Response answer = pushJson("skills", GOOD, Map.of("sha256", digest));

        // Then
        answer.then().statusCode(422).body("code", is("digest_mismatch"),
                "errors[0].path", is("/sha256"));
    }

    @Test
    void metadataOverItsLimit_isRefused() {
        // Given
        Map<String, Object> metadata = Map.of("change_id", "x".repeat(20_000));

        // When
        Response answer = pushJson("skills", GOOD, Map.of("metadata", metadata));

        // Then
        answer.then().statusCode(413).body("code", is("payload_too_large"));
    }

    @Test
    void jsonArchive_over16MiB_isRefused() {
        // Given
        byte[] archive = new byte[(16 << 20) + 1];

        // When
        Response answer = pushJson("skills", archive, Map.of());

        // Then
        answer.then().statusCode(413).body("code", is("archive_too_large"));
    }

    @Test
    void forms_thatAreBroken_areRefused() {
        // Given
        String half = "--x\r\nContent-Disposition: form-data; name=\"archive\"; filename=\"a\"\r\n";
        String noHeader = "--x\r\nno header\r\n\r\nPK\r\n--x--\r\n";
        String before = stored.counts();

        // When
        List<String> codes = List.of(form(half), form(noHeader), form(""), form("--x--\r\n"));

        // Then
        assertEquals(Collections.nCopies(4, "400 body_invalid"), codes);
        assertEquals(before, stored.counts());
    }

    @Test
    void form_withoutOneArchive_isRefused() {
        // Given
        RequestSpecification none = pusher().multiPart("other", "a.zip", GOOD);
        RequestSpecification two = pusher().multiPart("archive", "a.zip", GOOD)
                .multiPart("archive", "b.zip", GOOD);

        // When
        List<Response> answers = List.of(none.post("/v1/skills"), two.post("/v1/skills"));

        // Then
        answers.forEach(answer -> answer.then().statusCode(400)
                .body("code", is("archive_missing")));
    }

    @Test
    void otherContentTypes_kindsAndFlags_areRefused() {
        // Given
        RequestSpecification text = pusher().contentType("text/plain").body("x");

        // When
        Response type = text.post("/v1/skills");
        Response kind = pusher().multiPart("archive", "a.zip", GOOD).post("/v1/widgets");
        Response flag = pusher().multiPart("archive", "a.zip", GOOD)
                .queryParam("dry_run", "perhaps").post("/v1/skills");

        // Then
        type.then().statusCode(415).body("code", is("media_type_unsupported"));
        kind.then().statusCode(404).body("code", is("not_found"));
        flag.then().statusCode(400).body("code", is("request_invalid"));
    }

    @Test
    void push_withoutTheScope_isRefused() {
        // Given
        String before = stored.counts();

        // When
        Response anonymous = given().multiPart("archive", "a.zip", GOOD).post("/v1/skills");
        Response unknown = with("no-such-key").multiPart("archive", "a", GOOD).post("/v1/skills");
        Response expired = with(TestKeys.EXPIRED).multiPart("archive", "a", GOOD)
                .post("/v1/skills");
        Response reader = with(TestKeys.READER).multiPart("archive", "a", GOOD)
                .post("/v1/skills");
        Response json = with(TestKeys.RUNNER).contentType("application/json").body("{}")
                .post("/v1/scenarios");

        // Then
        List.of(anonymous, unknown, expired).forEach(answer ->
                answer.then().statusCode(401).body("code", is("unauthenticated")));
        List.of(reader, json).forEach(answer ->
                answer.then().statusCode(403).body("code", is("forbidden")));
        assertEquals(before, stored.counts());
    }

    @Test
    void credential_isTakenFromAllThreePlaces() {
        // Given
        Map<String, String> places =
                Map.of("X-AdaOS-Token", TestKeys.ADMIN, "x-api-key", TestKeys.ADMIN);

        // When
        List<Integer> statuses = places.entrySet().stream()
                .map(place -> given().header(place.getKey(), place.getValue())
                        .multiPart("archive", "a.zip", GOOD).post("/v1/skills").statusCode() / 100)
                .toList();

        // Then
        assertEquals(List.of(2, 2), statuses);
        assertEquals(200, push("skills", GOOD).statusCode());
    }

    private static String form(String body) {
        Response answer = pusher().contentType("multipart/form-data; boundary=x")
                .body(body.getBytes(StandardCharsets.UTF_8)).post("/v1/skills");
        return answer.statusCode() + " " + answer.path("code");
    }
}
