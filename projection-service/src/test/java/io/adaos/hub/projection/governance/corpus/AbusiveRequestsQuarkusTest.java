package io.adaos.hub.projection.governance.corpus;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.projection.gateway.TestSocket;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.write.direct.RawFixture;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of the corpus that is refused for what it says and not for how often. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class AbusiveRequestsQuarkusTest {

    private static final int RAW_WEBSPACE = 60;

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void install() {
        RawFixture.install();
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/abuse");
    }

    static Stream<Arguments> requests() {
        String value = "painter.value";
        return Stream.of(
                request("forged owner", TestKeys.OTHER_SKILL, value,
                        "{\"value\": 1, \"owner\": \"skill:painter\"}", "wrong_owner"),
                request("forged part of the hub", TestKeys.WRITER, value,
                        "{\"value\": 1, \"owner\": \"core:operations\"}", "wrong_owner"),
                request("slot of another skill", TestKeys.OTHER_SKILL, value,
                        "{\"value\": 1}", "wrong_owner"),
                request("another person's branch", TestKeys.WRITER, "painter.mine",
                        "{\"value\": 1, \"scope\": \"current_user\", \"user_id\": \"ann\"}",
                        "wrong_owner"),
                request("nobody's branch", TestKeys.ADMIN, "painter.mine",
                        "{\"value\": 1, \"scope\": \"current_user\", \"owner\":"
                                + " \"skill:painter\"}", "path_not_allowed"),
                request("credential of no owner", TestKeys.NODE, value, "{\"value\": 1}",
                        "owner_missing"),
                request("owner that owns nothing", TestKeys.ADMIN, value,
                        "{\"value\": 1, \"owner\": \"node:kitchen\"}", "owner_missing"),
                request("slot nobody declared", TestKeys.OTHER_SKILL, "never.declared",
                        "{\"value\": 1}", "projection_rule_missing"),
                request("declared slot of another scope", TestKeys.ADMIN, value,
                        "{\"value\": 1, \"scope\": \"webspace\"}", "projection_rule_missing"),
                request("oversized payload", TestKeys.WRITER, value, "{\"value\": ["
                        + ("\"" + "x".repeat(60_000) + "\",").repeat(5) + "1]}",
                        "payload_budget_exceeded"),
                request("list of two thousand items", TestKeys.WRITER, value,
                        "{\"value\": [" + "1,".repeat(2_000) + "1]}", "payload_budget_exceeded"),
                request("deep nesting", TestKeys.WRITER, value,
                        "{\"value\": " + "[".repeat(40) + "]".repeat(40) + "}",
                        "payload_budget_exceeded"),
                request("text of 70 kB", TestKeys.WRITER, value,
                        "{\"value\": \"" + "x".repeat(70_000) + "\"}",
                        "payload_budget_exceeded"),
                request("body that is no JSON", TestKeys.WRITER, value, "{\"value\": ",
                        "body_invalid"),
                request("body of 5 MB", TestKeys.WRITER, value,
                        "{\"value\": \"" + "x".repeat(5 << 20) + "\"}", "payload_too_large"),
                request("credential without the scope", TestKeys.READER, value,
                        "{\"value\": 1}", "forbidden"));
    }

    private static Arguments request(
            String name, String token, String slot, String body, String code) {
        return Arguments.of(name, List.of(token, slot, body), code);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void request_isRefusedWithItsCode_andChangesNothing(
            String name, List<String> request, String code) {
        // Given

        // When
        Response answer = given().auth().oauth2(request.get(0))
                .contentType("application/json").body(request.get(2))
                .post("/v1/webspaces/abuse/projections/{slot}", request.get(1));

        // Then
        assertEquals(code, answer.path("code"), name + ": " + answer.asString());
        assertEquals(0, RawFixture.state("abuse").getInt("generation"));
        assertEquals(true, given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/governance/owners?limit=500&webspace_id=abuse")
                .<List<Integer>>path("items.counters.applied").stream()
                .allMatch(applied -> applied == 0));
    }

    @Test
    void unknownWebspace_isRefused_andNotMade() {
        // Given

        // When
        Response answer = given().auth().oauth2(TestKeys.WRITER)
                .contentType("application/json").body("{\"value\": 1}")
                .post("/v1/webspaces/nowhere/projections/painter.value");

        // Then
        assertEquals("webspace_unknown", answer.path("code"));
        assertEquals(404, given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/nowhere/state").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "an update that is none, 0002030909 09, 4400",
        "a message that is none, 63, 4400",
        "a length beyond the frame, 00026401, 4400",
        "structs beyond the bytes, 000204FF01 0101, 4400"})
    void frame_thatIsNoUpdate_closesTheSocket_andChangesNothing(
            String name, String hex, int code) {
        // Given
        String webspace = RawFixture.webspace(RAW_WEBSPACE);
        TestSocket socket = TestSocket.open(
                server, "/yws/" + webspace + "?token=" + TestKeys.RAW_SKILL).ask();

        // When
        socket.send(HexFormat.of().parseHex(hex.replace(" ", "")));

        // Then
        assertEquals(code, socket.closeCode(), name);
        assertEquals(0, RawFixture.state(webspace).getInt("generation"));
    }
}
