package io.adaos.hub.operations.intake;

import static io.adaos.hub.operations.testing.OperationsApi.authorized;
import static io.adaos.hub.operations.testing.OperationsApi.operationCount;
import static io.adaos.hub.operations.testing.OperationsApi.post;
import static io.adaos.hub.operations.testing.OperationsApi.read;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.operations.testing.RegistryTestResource;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(RegistryTestResource.class)
class BadRequestQuarkusTest {

    @Test
    void manyFaults_areAllNamedAndNothingIsAccepted() {
        // Given
        Map<String, Object> body = Map.of("kind", "skill.fly", "target_id", "../../etc",
                "version", "newest", "webspace_id", "a b", "node_id", "!", "params",
                Map.of("force", true));

        // When
        Response answer = post(body, null);

        // Then
        answer.then().statusCode(400).contentType("application/problem+json")
                .body("code", equalTo("request_invalid"))
                .body("errors.path", hasItems("/kind", "/target_kind", "/target_id", "/version",
                        "/webspace_id", "/node_id"))
                .body("errors.remedy", hasSize(6));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"kind\":\"skill.fly\",\"target_kind\":\"skill\",\"target_id\":\"x\"}"
                + " | 422 | operation_kind_unknown",
        "{\"kind\":\"skill.install\",\"target_kind\":\"scenario\",\"target_id\":\"x\"}"
                + " | 400 | request_invalid",
        "{\"kind\":\"skill.install\",\"target_kind\":\"skill\",\"target_id\":\"x\","
                + "\"params\":{\"a\":1}} | 400 | request_invalid",
        "{\"kind\":\"skill.install\",\"target_kind\":\"skill\",\"target_id\":\"x\","
                + "\"node_id\":\"other\"} | 400 | request_invalid",
        "{\"kind\":7,\"target_kind\":\"skill\"} | 400 | request_invalid",
        "{\"kind\": | 400 | body_invalid",
        "[] | 400 | body_invalid",
        "null | 400 | body_invalid"})
    void badBody_isRefusedByItsCode(String body, int status, String code) {
        // Given
        int before = operationCount();

        // When
        Response answer = authorized().contentType(ContentType.JSON).body(body)
                .post("/v1/operations");

        // Then
        answer.then().statusCode(status).contentType("application/problem+json")
                .body("code", equalTo(code));
        assertEquals(before, operationCount());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"POST, /v1/operations", "POST, /v1/operations/op_x/cancel",
        "POST, /v1/operations/op_x/retry", "GET, /v1/operations", "GET, /v1/operations/op_x",
        "GET, /v1/installed", "GET, /v1/notifications"})
    void noCredential_401_wrongScope_403(String method, String path) {
        // Given
        String body = "{\"kind\":\"skill.install\",\"target_kind\":\"skill\",\"target_id\":\"x\"}";

        // When
        Response anonymous = given().contentType(ContentType.JSON).body(body)
                .request(method, path);
        Response nobody = given().header("Authorization", "Bearer " + TestKeys.NOBODY)
                .contentType(ContentType.JSON).body(body).request(method, path);

        // Then
        anonymous.then().statusCode(401).body("code", equalTo("unauthenticated"));
        nobody.then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @ParameterizedTest
    @CsvSource({"op_unknown", "nonsense", "op_%2e%2e"})
    void unknownOperation_isNotFoundEverywhere(String id) {
        // Given
        String path = "/v1/operations/" + id;

        // When
        List<Response> answers = List.of(read(path), authorized().post(path + "/cancel"),
                authorized().post(path + "/retry"));

        // Then
        for (Response answer : answers) {
            answer.then().statusCode(404).body("code", equalTo("operation_not_found"));
        }
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=501, limit", "limit=x, limit", "cursor=-1, cursor",
        "status=odd, status", "order=up, order", "webspace_id=a%20b, webspace_id"})
    void badQuery_namesTheParameter(String query, String path) {
        // Given
        String address = "/v1/operations?" + query;

        // When
        Response answer = read(address);

        // Then
        answer.then().statusCode(400).body("code", equalTo("request_invalid"))
                .body("errors.path", hasItem(path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/operations?status=odd,active&order=up&limit=0&cursor=x&webspace_id=a%20b"
                + " | webspace_id status order limit cursor",
        "/v1/notifications?limit=many&webspace_id=a%20b | webspace_id limit",
        "/v1/notifications?limit=501 | limit", "/v1/notifications?limit=0 | limit"})
    void badQuery_namesEveryFaultAtOnce(String address, String faults) {
        // Given
        List<String> paths = List.of(faults.split(" "));

        // When
        Response answer = authorized().urlEncodingEnabled(false).get(address);

        // Then
        answer.then().statusCode(400).contentType("application/problem+json")
                .body("code", equalTo("request_invalid"))
                .body("errors.path", equalTo(paths));
    }
}
