package io.adaos.hub.projection.write.ingress;

import static io.adaos.hub.projection.write.ingress.IngressFixture.batch;
import static io.adaos.hub.projection.write.ingress.IngressFixture.generation;
import static io.adaos.hub.projection.write.ingress.IngressFixture.shown;
import static io.adaos.hub.projection.write.ingress.IngressFixture.write;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes of declared slots over HTTP into a real document, with rules of a real upstream. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class ProjectionResourceQuarkusTest {

    @BeforeEach
    void install() {
        IngressFixture.install();
    }

    @Test
    void write_ofADeclaredSlot_isInTheDocumentOfItsNode_andInTheLog() {
        // Given
        String city = UUID.randomUUID().toString();

        // When
        Response answer = write("weather.current", """
                {"value": {"city": "%s", "t": 3.5, "days": [1, 2]}, "correlation_id": "c-1"}"""
                .formatted(city));

        // Then
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals("applied", answer.path("outcome"));
        assertEquals("durable", answer.path("level"));
        assertEquals("skill:weather", answer.path("owner"));
        assertEquals("data/nodes/hub/weather/current", answer.path("path"));
        assertEquals("c-1", answer.path("correlation_id"));
        assertEquals(generation(), answer.jsonPath().getLong("generation"));
        assertEquals(Map.of("city", city, "t", 3.5f, "days", List.of(1, 2)),
                shown("data.nodes.hub.weather.current"));
    }

    @Test
    void write_ofWhatIsThere_isUnchanged_unlessForced() {
        // Given
        String body = "{\"value\": {\"a\": [true, null, \"x\"]}, \"node_id\": \"same\"}";
        write("weather.current", body);
        long before = generation();

        // When
        Response again = write("weather.current", body);
        Response forced = write("weather.current", body.replace("{\"value\"",
                "{\"force\": true, \"value\""));

        // Then
        assertEquals("unchanged", again.path("outcome"));
        assertEquals(before, again.jsonPath().getLong("generation"));
        assertEquals("applied", forced.path("outcome"));
        assertEquals(before + 1, forced.jsonPath().getLong("generation"));
        assertFalse(again.asString().contains("\"reason\""), again.asString());
    }

    @Test
    void modes_replaceMergeAndKeepItems() {
        // Given
        String merge = "{\"scope\": \"webspace\", \"value\": {\"%s\": {\"v\": 1}}}";

        // When
        write("weather.parts", merge.formatted("one"));
        write("weather.parts", merge.formatted("two"));
        write("weather.rows", "{\"scope\": \"webspace\", \"value\": [{\"id\": 1}, {\"id\": 2}]}");
        write("weather.rows", "{\"scope\": \"webspace\", \"value\": [{\"id\": 2}]}");

        // Then
        assertEquals(Map.of("one", Map.of("v", 1), "two", Map.of("v", 1)),
                shown("data.weather.parts"));
        assertEquals(List.of(Map.of("id", 2)), shown("data.weather.rows"));
    }

    @Test
    void batch_isAnsweredInOrder_inOneGeneration_withAStatusEach() {
        // Given
        String salt = UUID.randomUUID().toString();

        // When
        Response answer = batch(TestKeys.SKILL, """
                {"writes": [
                  {"slot": "weather.current", "node_id": "b", "value": "first"},
                  {"slot": "weather.rows", "scope": "webspace", "value": ["%1$s"]},
                  {"slot": "nobody.declared", "value": 1},
                  {"slot": "weather.small", "scope": "webspace", "value": "%2$s"},
                  {"slot": "weather.current", "node_id": "b", "value": "%1$s"}]}"""
                .formatted(salt, "x".repeat(200)));

        // Then
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals(List.of("coalesced", "applied", "refused", "refused", "applied"),
                answer.path("results.outcome"));
        assertEquals(List.of(200, 200, 404, 413, 200), answer.path("results.status"));
        assertEquals("projection_rule_missing", answer.path("results[2].reason"));
        assertEquals(202, answer.<Integer>path("results[3].observed"));
        assertEquals(100, answer.<Integer>path("results[3].limit"));
        List<Integer> generations = answer.path("results.generation");
        assertEquals(1, generations.stream().filter(g -> g != null).distinct().count());
        assertEquals(salt, shown("data.nodes.b.weather.current"));
    }

    @Test
    void owner_isThatOfTheCredential_andOnlyAnOperatorNamesAnother() {
        // Given
        String named = "{\"value\": 1, \"owner\": \"skill:weather\"}";
        String plain = "{\"value\": %d, \"node_id\": \"who\"}";

        // When
        Response forged = write(TestKeys.OTHER_SKILL, "desktop", "weather.current", named);
        Response other = write(TestKeys.OTHER_SKILL, "desktop", "weather.current",
                plain.formatted(1));
        Response operator = write(TestKeys.ADMIN, "desktop", "weather.current", named);
        Response person = write(TestKeys.WRITER, "desktop", "weather.current",
                plain.formatted(2));
        Response node = write(TestKeys.NODE, "desktop", "weather.current", plain.formatted(3));

        // Then
        assertEquals("wrong_owner", forged.path("code"));
        assertEquals("wrong_owner", other.path("code"));
        assertEquals(403, other.statusCode());
        assertEquals("skill:weather", operator.path("owner"));
        assertEquals("user:writer", person.path("owner"));
        assertEquals("owner_missing", node.path("code"));
        assertEquals(2, IngressFixture.<Integer>shown("data.nodes.who.weather.current"));
    }

    @Test
    void person_writesInItsOwnName_andInNobodyElses() {
        // Given
        String body = "{\"scope\": \"current_user\", \"value\": \"mine\"%s}";

        // When
        Response own = write(TestKeys.WRITER, "default", "weather.mine", body.formatted(""));
        Response foreign = write(TestKeys.WRITER, "default", "weather.mine",
                body.formatted(", \"user_id\": \"reader\""));
        Response nobody = write(TestKeys.SKILL, "default", "weather.mine", body.formatted(""));

        // Then
        assertEquals("data/weather/of/writer", own.path("path"));
        assertEquals("wrong_owner", foreign.path("code"));
        assertEquals("path_not_allowed", nobody.path("code"));
        assertEquals(Map.of("writer", "mine"), shown("data.weather.of"));
    }

    @Test
    void refusal_isAProblemBody_withTheMembersOfAnAnswer_andChangesNothing() {
        // Given
        write("weather.small", "{\"scope\": \"webspace\", \"value\": \"old\"}");
        long before = generation();

        // When
        Response large = write("weather.small", """
                {"scope": "webspace", "value": "%s"}""".formatted("y".repeat(99)));

        // Then
        assertEquals(413, large.statusCode());
        assertTrue(large.contentType().startsWith("application/problem+json"));
        assertEquals("payload_budget_exceeded", large.path("code"));
        assertEquals("payload_budget_exceeded", large.path("reason"));
        assertEquals("refused", large.path("outcome"));
        assertEquals("skill:weather", large.path("owner"));
        assertEquals("data/weather/small", large.path("path"));
        assertEquals(101, large.<Integer>path("observed"));
        assertEquals(100, large.<Integer>path("limit"));
        assertEquals("old", shown("data.weather.small"));
        assertEquals(before, generation());
    }

    @Test
    void badInput_isRefusedWithItsCode_andChangesNothing() {
        // Given
        long before = generation();

        // When
        List<String> codes = List.of(
                code("weather.current", "{\"value\": 1, \"value\": 2}"),
                code("weather.current", "{\"value\": {\"a\": 1, \"a\": 2}}"),
                code("weather.current", "{\"value\": 1, \"path\": \"data/x\"}"),
                code("weather.current", "[1]"),
                code("weather.current", "{\"scope\": \"subnet\"}"),
                code("weather.current", "{\"value\": 1"),
                code("weather.current", "{\"value\": 1} {}"),
                code("weather.current", "{\"value\": 12345678901234567890}"),
                code("weather.current", "{\"value\": 1e999}"),
                code("weather.current", "{\"value\": {\"__proto__\": 1}}"),
                code("weather.current", "{\"value\": " + "[".repeat(40) + "]".repeat(40) + "}"),
                code("weather.current", "{\"value\": " + "[".repeat(500) + "]".repeat(500) + "}"),
                code("weather.current", "{\"value\": [" + "0,".repeat(1000) + "0]}"),
                code("weather.current", "{\"value\": \"" + "z".repeat(70_000) + "\"}"),
                code("weather.current", "{\"value\": 1, \"scope\": 7}"),
                code("weather.current", "{\"value\": 1, \"node_id\": \"../x\"}"),
                code("weather.current", "{\"value\": 1, \"force\": \"yes\"}"),
                code("no slot", "{\"value\": 1}"),
                code("nobody.declared", "{\"value\": 1}"),
                write(TestKeys.SKILL, "nowhere", "weather.current", "{\"value\": 1}").path("code"),
                write(TestKeys.READER, "desktop", "weather.current", "{\"value\": 1}")
                        .path("code"),
                given().contentType("application/json").body("{\"value\": 1}")
                        .post("/v1/webspaces/desktop/projections/weather.current").path("code"),
                batch(TestKeys.SKILL, "{\"writes\": []}").path("code"),
                batch(TestKeys.SKILL, "{\"writes\": [{\"value\": 1}]}").path("code"));

        // Then
        assertEquals(List.of("body_invalid", "value_invalid", "body_invalid", "body_invalid",
                "body_invalid", "body_invalid", "body_invalid", "value_invalid",
                "value_invalid", "value_invalid", "payload_budget_exceeded", "value_invalid",
                "payload_budget_exceeded", "payload_budget_exceeded", "body_invalid",
                "body_invalid", "body_invalid", "request_invalid", "projection_rule_missing",
                "webspace_unknown", "forbidden", "unauthenticated", "body_invalid",
                "body_invalid"), codes);
        assertEquals(before, generation());
    }

    @Test
    void wait_saysHowFarTheWriteGot() {
        // Given
        String body = "{\"value\": \"%s\", \"node_id\": \"wait\"}";
        String path = "/v1/webspaces/desktop/projections/weather.current?";

        // When
        Response accepted = asSkill(body, path + "wait=accepted");
        Response materialized = asSkill(body, path + "wait=materialized&timeout_ms=2000");
        Response unknown = asSkill(body, path + "wait=ever");
        Response endless = asSkill(body, path + "timeout_ms=30001");

        // Then
        assertEquals(202, accepted.statusCode());
        assertEquals("accepted", accepted.path("level"));
        assertEquals("materialized", materialized.path("level"), materialized.asString());
        assertEquals(0, materialized.<Integer>path("sessions"));
        assertEquals(List.of("request_invalid", "request_invalid"),
                List.of(unknown.path("code"), endless.path("code")));
    }

    private static Response asSkill(String body, String path) {
        return given().auth().oauth2(TestKeys.SKILL).contentType("application/json")
                .body(body.formatted(UUID.randomUUID())).post(path);
    }

    private static String code(String slot, String body) {
        return write(slot, body).path("code");
    }
}
