package io.adaos.hub.registry.actions;

import static io.adaos.hub.registry.actions.ActionRequests.API_KEY;
import static io.adaos.hub.registry.actions.ActionRequests.at;
import static io.adaos.hub.registry.actions.ActionRequests.publish;
import static io.adaos.hub.registry.actions.ActionRequests.publisher;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire contract of the action registry, for the canonical path and for its alias. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class ActionContractQuarkusTest {

    private static final String SCHEMA =
            "{\"parameters\":{\"path\":{\"type\":\"string\"}},\"description\":\"Move a file\"}";
    private static final String CANONICAL =
            "{\"description\":\"Move a file\",\"parameters\":{\"path\":{\"type\":\"string\"}}}";

    @ParameterizedTest
    @CsvSource({"/actions, /v1/actions", "/v1/actions, /actions"})
    void publishedVersion_isShownAndVerified_atBothPaths(String root, String other) {
        // Given
        String name = "shown" + root.replace('/', '.');

        // When
        Response created = publish(at(root, name, "1.0.0"), SCHEMA);

        // Then
        String sig = SignedActions.sign(SCHEMA);
        String hash = SignedActions.hash(SCHEMA).text();
        created.then().statusCode(201).contentType("application/json").body(
                "", aMapWithSize(7), "name", is(name), "version", is("1.0.0"),
                "schema.description", is("Move a file"), "hash", is(hash),
                "signature", is(java.util.Map.of(
                        "alg", "ed25519", "kid", SignedActions.KID, "sig", sig)),
                "verified", is(true), "verify_error", nullValue());
        Response fetched = given().get(at(other, name, "1.0.0"));
        assertEquals(created.asString(), fetched.asString());
        fetched.then().statusCode(200).body(equalTo("{\"name\":\"" + name
                + "\",\"version\":\"1.0.0\",\"schema\":" + CANONICAL + ",\"hash\":\"" + hash
                + "\",\"signature\":{\"alg\":\"ed25519\",\"kid\":\"" + SignedActions.KID
                + "\",\"sig\":\"" + sig + "\"},\"verified\":true,\"verify_error\":null}"));
        given().get(at(other, name, "1.0.0") + "/verify").then().statusCode(200).body(
                equalTo("{\"name\":\"" + name + "\",\"version\":\"1.0.0\",\"verified\":true,"
                        + "\"kid\":\"" + SignedActions.KID + "\",\"alg\":\"ed25519\",\"hash\":\""
                        + hash + "\",\"verify_error\":null}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actions", "/v1/actions"})
    void sameContentAgain_isThere_withTheFirstSignature(String root) {
        // Given
        String path = at(root, "again" + root.replace('/', '.'), "1");
        Response first = publish(path, SCHEMA);

        // When
        Response again = publisher().body(SignedActions.body(
                CANONICAL, "other-name", SignedActions.sign(SCHEMA).substring(7))).post(path);
        Response other = publish(path, "{\"description\":\"Copy a file\"}");

        // Then
        first.then().statusCode(201);
        again.then().statusCode(200);
        assertEquals(first.asString(), again.asString());
        other.then().statusCode(409).body("error", aMapWithSize(3),
                "error.code", is("IMMUTABLE_VERSION_CONFLICT"), "error.message", notNullValue(),
                "error.details", nullValue());
        assertEquals(first.asString(), given().get(path).asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actions", "/v1/actions"})
    void absentOrWrongKey_isUnauthorized(String root) {
        // Given
        String path = at(root, "nobody", "1.0.0");
        String body = SignedActions.body(SCHEMA);

        // When
        Response none = given().contentType("application/json").body(body).post(path);
        Response wrong = given().contentType("application/json").body(body)
                .header("x-api-key", API_KEY + 'x').post(path);
        Response other = given().contentType("application/json").body(body)
                .header("Authorization", "Bearer " + TestKeys.PUSHER).post(path);

        // Then
        none.then().statusCode(401).contentType("application/json")
                .body("error.code", is("UNAUTHORIZED"));
        wrong.then().statusCode(401).body("error.code", is("UNAUTHORIZED"));
        other.then().statusCode(403).body("error.code", is("FORBIDDEN"));
        given().get(path).then().statusCode(404).body("error.code", is("ACTION_NOT_FOUND"));
    }

    @Test
    void apiKey_isABearerToken_andOpensNothingElse() {
        // Given
        String bearer = "Bearer " + API_KEY;

        // When
        Response published = given().header("Authorization", bearer)
                .contentType("application/json").body(SignedActions.body(SCHEMA))
                .post("/v1/actions/bearer/versions/1.0.0");
        Response pushed = given().header("Authorization", bearer)
                .multiPart("archive", "a.zip", new byte[8]).post("/v1/skills");
        Response trusted = given().header("Authorization", bearer)
                .contentType("application/json").body(SignedActions.trusted("bearer-key"))
                .put("/v1/trusted-keys/bearer-key");

        // Then
        published.then().statusCode(201);
        pushed.then().statusCode(403);
        trusted.then().statusCode(403).body("error.code", is("FORBIDDEN"));
    }

    /** Shape before credential, credential before key, key before signature. */
    @Test
    void faults_areToldInTheOrderOfTheContract() {
        // Given
        String path = "/actions/ordered/versions/1.0.0";
        String badSignature = SignedActions.body(SCHEMA, SignedActions.KID, "AAAA");

        // When
        Response shapeless = given().contentType("application/json").body("{}").post(path);
        Response nameless = given().contentType("application/json").body(badSignature).post(path);
        Response keyless = publisher()
                .body(SignedActions.body(SCHEMA, "nobody", "AAAA")).post(path);
        Response otherAlgorithm = publisher()
                .body(SignedActions.body(SCHEMA, "old-rsa", "AAAA")).post(path);
        Response unsigned = publisher().body(badSignature).post(path);

        // Then
        shapeless.then().statusCode(422).body("error.code", is("VALIDATION_ERROR"));
        nameless.then().statusCode(401).body("error.code", is("UNAUTHORIZED"));
        keyless.then().statusCode(400).body("error.code", is("UNKNOWN_KEY_ID"));
        otherAlgorithm.then().statusCode(400).body("error.code", is("UNKNOWN_KEY_ID"));
        unsigned.then().statusCode(400).body("error.code", is("BAD_SIGNATURE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[] | `` | wrong_type",
        "{\"schema\":{}} | /signature | missing",
        "{\"schema\":[],\"signature\":{\"alg\":\"a\",\"kid\":\"k\",\"sig\":\"s\"}} | /schema "
                + "| wrong_type",
        "{\"schema\":{},\"signature\":{\"alg\":\"a\",\"sig\":\"s\"}} | /signature/kid | missing",
        "{\"schema\":{},\"signature\":{\"alg\":1,\"kid\":\"k\",\"sig\":\"s\"}} | /signature/alg "
                + "| wrong_type",
        "{\"schema\":{\"a\":1,\"a\":2},\"signature\":{}} | /schema/a | name_duplicate",
        "{\"schema\":{\"a\":[NaN]},\"signature\":{}} | /schema/a/0 | json_malformed",
        "{\"schema\":{\"a\":1e400},\"signature\":{}} | /schema/a | number_not_finite",
        "{\"schema\":{\"a\":\"\\ud800\"},\"signature\":{}} | /schema/a | surrogate_lone",
        "{\"schema\": | /schema | json_malformed"
    })
    void bodyThatIsNotTaken_isRefused_withItsPlace(String body, String path, String code) {
        // When
        Response answer = publisher().body(body).post("/v1/actions/refused/versions/1.0.0");

        // Then
        answer.then().statusCode(422).body("error.code", is("VALIDATION_ERROR"),
                "error.details.errors[0].path", is(path),
                "error.details.errors[0].code", is(code));
        given().get("/v1/actions/refused/versions/1.0.0").then().statusCode(404);
    }

    @Test
    void bodiesOutOfBounds_areRefused() {
        // Given
        String path = "/v1/actions/bounded/versions/1.0.0";
        String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);

        // When
        Response tooLong = publisher().body(new byte[262_145]).post(path);
        Response tooDeep = publisher().body(deep).post(path);
        Response notJson = publisher().contentType("text/plain").body("{}").post(path);

        // Then
        tooLong.then().statusCode(413).body("error.code", is("PAYLOAD_TOO_LARGE"));
        tooDeep.then().statusCode(422).body("error.details.errors[0].code", is("too_deep"));
        notJson.then().statusCode(422).body("error.code", is("VALIDATION_ERROR"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /actions/nothing/versions/1.0.0, 404, ACTION_NOT_FOUND",
        "GET, /v1/actions/nothing/versions/1.0.0/verify, 404, ACTION_NOT_FOUND",
        "GET, /v1/actions/nothing%00/versions/1.0.0, 404, ACTION_NOT_FOUND",
        "GET, /v1/actions/a%2Fb/versions/1.0.0, 404, NOT_FOUND",
        "GET, /actions/nothing, 404, NOT_FOUND",
        "GET, /v1/actions/nothing/version/1.0.0, 404, NOT_FOUND",
        "DELETE, /actions/nothing/versions/1.0.0, 405, METHOD_NOT_ALLOWED",
        "PUT, /v1/actions, 405, METHOD_NOT_ALLOWED",
        "GET, /v1/actions?offset=-1, 422, VALIDATION_ERROR",
        "GET, /v1/actions?offset=x, 422, VALIDATION_ERROR",
        "GET, /actions?limit=0, 422, VALIDATION_ERROR",
        "GET, /actions?limit=201, 422, VALIDATION_ERROR"
    })
    void requestThatLeadsNowhere_isAnsweredInTheEnvelope(
            String method, String path, int status, String code) {
        // When
        Response envelope = given().urlEncodingEnabled(false).request(method, path);
        Response problem = given().urlEncodingEnabled(false)
                .accept("application/problem+json, application/json").request(method, path);

        // Then
        envelope.then().statusCode(status).contentType("application/json")
                .body("error.code", is(code), "error.message", notNullValue());
        problem.then().statusCode(status).contentType("application/problem+json")
                .body("code", is(code), "status", is(status),
                        "type", is("urn:action-registry:error:" + code));
    }

    @Test
    void unknownVersion_ofAKnownAction_isToldApart() {
        // Given
        publish("/actions/known/versions/1.0.0", SCHEMA).then().statusCode(201);

        // When
        Response answer = given().get("/actions/known/versions/2.0.0");

        // Then
        answer.then().statusCode(404).body("error.code", is("VERSION_NOT_FOUND"));
        given().get("/actions/known/versions/2.0.0/verify").then().statusCode(404)
                .body("error.code", is("VERSION_NOT_FOUND"));
    }

    @Test
    void trailingSlash_andHead_areAsTheyAlwaysWere() {
        // When
        Response slash = given().redirects().follow(false).get("/actions/?limit=1");
        Response head = given().head("/v1/actions");

        // Then
        slash.then().statusCode(307).header("Location", "/actions?limit=1");
        head.then().statusCode(405);
    }

    @Test
    void everyAnswer_carriesARequestId() {
        // When
        Response echoed = given().header("x-request-id", "r-1").get("/actions");
        Response made = given().get("/actions/none/versions/1");

        // Then
        echoed.then().statusCode(200).header("x-request-id", "r-1");
        made.then().header("x-request-id", matchesPattern("[0-9a-f-]{36}"));
    }

    /** What PostgreSQL's own JSON would rewrite or refuse. */
    @Test
    void schemaOfOddValues_isReadBackAsItWasSigned() {
        // Given
        String schema = "{\"n\":[1e16,-0.0,1.7976931348623157e308,5e-324,12345678901234567890,1.0],"
                + "\"t\":\"\\u0000\\u2028\",\"description\":\"zero\\u0000\",\"hash\":\"own\"}";

        // When
        Response created = publish("/v1/actions/odd.values/versions/1.0.0", schema);

        // Then
        created.then().statusCode(201).body("verified", is(true));
        Response read = given().get("/v1/actions/odd.values/versions/1.0.0");
        read.then().statusCode(200).body("verified", is(true),
                "hash", is(SignedActions.hash(schema).text()));
        assertEquals(created.asString(), read.asString());
        given().get("/v1/actions?q=odd.values").then().statusCode(200)
                .body("items[0].description", is("zero\u0000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "ED25519"})
    void algorithmThatIsNotTheKeys_isABadSignature(String alg) {
        // Given
        String body = SignedActions.body(SCHEMA).replace("\"ed25519\"", '"' + alg + '"');

        // When
        Response answer = publisher().body(body).post("/actions/unsigned/versions/1.0.0");

        // Then
        answer.then().statusCode(400).body("error.code", is("BAD_SIGNATURE"));
    }

    @ParameterizedTest
    @CsvSource({
        "255, 64, 201", "256, 5, 422", "5, 65, 422"
    })
    void nameAndVersion_haveAnEnd(int nameChars, int versionChars, int status) {
        // Given
        String path = at("/v1/actions", "n".repeat(nameChars), "1".repeat(versionChars));

        // When
        Response answer = publish(path, SCHEMA);

        // Then
        answer.then().statusCode(status);
        given().get(path).then().statusCode(status == 201 ? 200 : 404);
    }

    @Test
    void trustedKey_isCreatedOnce() {
        // Given
        String path = "/v1/trusted-keys/by-hand";
        String other = SignedActions.trusted("by-hand").replace("11qY", "22qY");
        String body = SignedActions.body(SCHEMA, "by-hand", SignedActions.sign(SCHEMA));
        publisher().body(body).post("/actions/by.hand/versions/1").then().statusCode(400);

        // When
        Response created = admin().body(SignedActions.trusted("by-hand")).put(path);
        Response again = admin().body(SignedActions.trusted("by-hand")
                .replace("base64:", "")).put(path);
        Response conflict = admin().body(other).put(path);

        // Then
        created.then().statusCode(201).body("", is(java.util.Map.of("kid", "by-hand",
                "alg", "ed25519", "public_key", SignedActions.PUBLIC_KEY)));
        again.then().statusCode(200).body("public_key", is(SignedActions.PUBLIC_KEY));
        conflict.then().statusCode(409).body("error.code", is("KEY_ALREADY_EXISTS"));
        publisher().body(body).post("/actions/by.hand/versions/1").then().statusCode(201);
        given().get("/v1/actions/by.hand/versions/1").then().body("verified", is(true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "own | KEY | 422 | VALIDATION_ERROR",
        "short | {\"kid\":\"short\",\"alg\":\"ed25519\",\"public_key\":\"AAAA\"} | 422 "
                + "| VALIDATION_ERROR",
        "rsa | {\"kid\":\"rsa\",\"alg\":\"rsa\",\"public_key\":\"AAAA\"} | 422 | VALIDATION_ERROR",
        "half | {\"kid\":\"half\"} | 422 | VALIDATION_ERROR",
        "old-rsa | {\"kid\":\"old-rsa\",\"alg\":\"ed25519\",\"public_key\":"
                + "\"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"} | 409 | KEY_ALREADY_EXISTS"
    })
    void keyThatCannotBeTrusted_isRefused(String kid, String body, int status, String code) {
        // When
        Response answer = admin().body(body.replace("KEY", SignedActions.trusted("other")))
                .put("/v1/trusted-keys/" + kid);

        // Then
        answer.then().statusCode(status).body("error.code", is(code));
    }

    @Test
    void keyOfTheConfiguration_isThereAlready_andOnlyAdminsTrust() {
        // When
        Response same = admin().body(SignedActions.trusted(SignedActions.KID))
                .put("/v1/trusted-keys/" + SignedActions.KID);
        Response nobody = given().contentType("application/json")
                .body(SignedActions.trusted("n")).put("/v1/trusted-keys/n");

        // Then
        same.then().statusCode(200);
        nobody.then().statusCode(401).body("error.code", is("UNAUTHORIZED"));
    }

    @Test
    void emptyPage_hasItemsAndNothingElse() {
        // When
        Response answer = given().get("/actions?q=nothing-is-called-so");

        // Then
        answer.then().statusCode(200).body("", aMapWithSize(1), "items", hasSize(0));
    }

    private static io.restassured.specification.RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestKeys.ADMIN)
                .contentType("application/json");
    }
}
