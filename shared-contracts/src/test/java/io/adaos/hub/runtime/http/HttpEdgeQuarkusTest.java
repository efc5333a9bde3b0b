package io.adaos.hub.runtime.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(HubTestResource.class)
class HttpEdgeQuarkusTest {

    @Test
    void refusal_isAProblemBodyWithAllMembers() {
        // When
        given().header("X-Request-Id", "req-1").get("/probe/refused")
                // Then
                .then().statusCode(409)
                .contentType("application/problem+json")
                .header("Retry-After", "2")
                .header("X-Request-Id", "req-1")
                .body("code", equalTo("target_busy"))
                .body("retryable", equalTo(true))
                .body("holder", equalTo("op_1"))
                .body("errors[0].path", equalTo("/target_id"))
                .body("correlation_id", equalTo("req-1"));
    }

    @Test
    void unexpectedFailure_tellsNothingButTheCorrelationId() {
        // When
        given().get("/probe/broken")
                // Then
                .then().statusCode(500)
                .body("code", equalTo("internal"))
                .body("detail", containsString("logged under"))
                .body("correlation_id", notNullValue());
    }

    @Test
    void malformedJson_namesThePath() {
        // When
        given().contentType("application/json")
                .body("{\"inner_things\":[{\"some_number\":\"1\"}]}").post("/probe/echo")
                // Then
                .then().statusCode(400)
                .body("code", equalTo("body_invalid"))
                .body("errors[0].path", equalTo("/inner_things/0/some_number"));
    }

    @Test
    void brokenJson_saysWhere() {
        // When
        given().contentType("application/json").body("{\"some_text\": ").post("/probe/echo")
                // Then
                .then().statusCode(400)
                .body("code", equalTo("body_invalid"))
                .body("detail", containsString("line 1"));
    }

    @Test
    void json_speaksTheDialect() {
        // When
        given().contentType("application/json")
                .body("{\"some_text\":\"a\",\"some_time\":\"2026-04-07T12:00:00+02:00\",\"new\":1}")
                .post("/probe/echo")
                // Then
                .then().statusCode(200)
                .body("some_text", equalTo("a"))
                .body("some_time", equalTo("2026-04-07T10:00:00Z"));
    }

    @Test
    void unknownPath_isAProblem() {
        // When
        given().get("/nowhere")
                // Then
                .then().statusCode(404)
                .contentType("application/problem+json")
                .header("X-Request-Id", notNullValue())
                .body("code", equalTo("not_found"));
    }

    @Test
    void wrongMethod_isAProblem() {
        // When
        given().put("/probe/echo")
                // Then
                .then().statusCode(405).body("code", equalTo("method_not_allowed"));
    }

    @Test
    void wrongMediaType_isAProblem() {
        // When
        given().contentType("text/plain").body("x").post("/probe/echo")
                // Then
                .then().statusCode(415).body("code", equalTo("media_type_unsupported"));
    }

    @Test
    void tooLargeBody_isAProblem() {
        // When
        given().contentType("application/json")
                .body("{\"some_text\":\"" + "x".repeat(70_000) + "\"}")
                .post("/probe/echo")
                // Then
                .then().statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("payload_too_large"));
    }

    @Test
    void tooLargeBodyOfUnknownLength_isRefused() throws Exception {
        // Given
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + RestAssured.port + "/probe/echo"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                        ("{\"some_text\":\"" + "x".repeat(200_000) + "\"}").getBytes(
                                StandardCharsets.UTF_8))))
                .build();

        // When
        HttpResponse<String> response =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
                        .send(request, HttpResponse.BodyHandlers.ofString());

        // Then
        assertEquals(413, response.statusCode());
    }

    @Test
    void parameterOfAnotherType_isRefusedWithItsValue() {
        // When
        given().get("/probe/page?limit=many")

        // Then
                .then().statusCode(400)
                .body("code", equalTo("request_invalid"))
                .body("detail", containsString("many"));
    }

    @Test
    void pageOutOfRange_namesBothFaults() {
        // When
        given().get("/probe/page?offset=-1&limit=501")
                // Then
                .then().statusCode(400)
                .body("errors.path", equalTo(List.of("offset", "limit")));
    }

    @Test
    void missingCredential_isRefusedWithChallenge() {
        // When
        given().get("/probe/push")
                // Then
                .then().statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void unknownAndExpiredCredential_areRefused() {
        // When
        for (String raw : List.of("not-a-key-0123456789abcdef", TestKeys.EXPIRED)) {
            given().auth().oauth2(raw).get("/probe/public")
                    // Then
                    .then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    @Test
    void missingScope_isForbidden() {
        // When
        given().auth().oauth2(TestKeys.NOBODY).get("/probe/push")
                // Then
                .then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void everyPlaceOfTheCredential_works() {
        // When
        given().auth().oauth2(TestKeys.PUSHER).get("/probe/push").then().statusCode(200);
        given().header("X-AdaOS-Token", TestKeys.PUSHER).get("/probe/push").then().statusCode(200);
        given().header("x-api-key", TestKeys.PUSHER).get("/probe/mine")
                // Then
                .then().statusCode(200).body("subject", equalTo("user:pusher"));
    }

    @Test
    void twoDifferentCredentials_areRefused() {
        // When
        given().auth().oauth2(TestKeys.PUSHER).header("x-api-key", TestKeys.ADMIN)
                .get("/probe/push")
                // Then
                .then().statusCode(401).body("detail", containsString("exactly one"));
    }

    @Test
    void admin_mayEverything() {
        // When
        given().auth().oauth2(TestKeys.ADMIN).get("/probe/push")
                // Then
                .then().statusCode(200);
    }

    @Test
    void publicRead_isOpenToAnonymousAndToAnyCredential() {
        // When
        given().get("/probe/public").then().statusCode(200);
        given().auth().oauth2(TestKeys.NOBODY).get("/probe/public")
                // Then
                .then().statusCode(200);
    }

    @Test
    void opsEndpoints_answer() {
        // When
        for (String path : List.of("/healthz", "/livez", "/readyz", "/metrics", "/docs",
                "/openapi.json")) {
            given().get(path)
                    // Then
                    .then().statusCode(200);
        }
        given().get("/v1/health").then().statusCode(200)
                .body("service", equalTo("registry-sync-service"))
                .body("keys.ok", equalTo(true))
                .body("outbox.parked", equalTo(0));
    }

    @Test
    void preflight_ofAConfiguredOrigin_isAllowed() {
        // When
        given().header("Origin", "http://panel.example:8084")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,idempotency-key")
                .options("/probe/echo")
                // Then
                .then().statusCode(200)
                .header("Access-Control-Allow-Origin", "http://panel.example:8084")
                .header("Access-Control-Allow-Headers", containsString("Idempotency-Key"));
    }

    @Test
    void foreignOrigin_isRefused() {
        // When
        given().header("Origin", "http://evil.example").post("/probe/facts/x")
                // Then
                .then().statusCode(403);
    }
}
