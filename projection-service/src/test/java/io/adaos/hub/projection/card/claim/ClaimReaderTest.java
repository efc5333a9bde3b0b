package io.adaos.hub.projection.card.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimReaderTest {

    @Test
    void claim_withEveryMember_isRead() {
        // Given
        byte[] body = Cards.body("""
                "kind": "device", "scope": "node:kitchen", "status": "degraded",
                "severity": "high", "summary": "Туман 😀", "ttl_ms": 5000,
                "incident_id": "inc-1", "details_ref": "details:weather.log",
                "route": "yjs:data/weather/current",
                "metadata": {"n": 3, "on": true, "r": 0.5, "t": "x"}""");

        // When
        ClaimReader.Claimed read = ClaimReader.read("weather.now", Cards.WEATHER, body);

        // Then
        CardClaim claim = read.claim();
        assertEquals(5_000, read.ttlMillis());
        assertEquals(List.of("device", "node:kitchen", "Туман 😀", "inc-1"),
                List.of(claim.kind(), claim.scope(), claim.summary(), claim.incidentId()));
        assertEquals(CardStatus.DEGRADED, claim.status());
        assertEquals(CardSeverity.HIGH, claim.severity());
        assertEquals("details:weather.log", claim.detailsRef().text());
        assertEquals("yjs:data/weather/current", claim.route().text());
        assertEquals(Map.of("n", 3L, "on", true, "r", 0.5, "t", "x"), claim.metadata());
    }

    @Test
    void claim_withTheLeast_countsForAMinute_andKnowsNoSeverity() {
        // Given
        byte[] body = Cards.body("\"status\": \"online\"");

        // When
        ClaimReader.Claimed read = ClaimReader.read("weather", Cards.WEATHER, body);

        // Then
        assertEquals(60_000, read.ttlMillis());
        assertEquals(CardSeverity.UNKNOWN, read.claim().severity());
        assertEquals("skill", read.claim().kind());
        assertEquals("webspace", read.claim().scope());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows", "items", "logs", "inventory", "diagnostics", "guard_ref",
        "owner", "id", "version", "updated_at", "stale", "policy_state"})
    void member_thatACardHasNot_isRefused_andNamed(String member) {
        // Given
        byte[] body = Cards.body("\"status\": \"online\", \"" + member + "\": \"x\"");

        // When
        List<FieldProblem> problems = problems(body);

        // Then
        assertEquals(List.of("/" + member + " unknown"), told(problems));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/metadata/rows | \"metadata\": {\"rows\": [1, 2]}",
        "/metadata/log | \"metadata\": {\"log\": \"a\\nb\"}",
        "/metadata/of | \"metadata\": {\"of\": {\"a\": 1}}",
        "/metadata/no | \"metadata\": {\"no\": null}",
        "/metadata/a key | \"metadata\": {\"a key\": 1}",
        "/metadata | \"metadata\": [1]",
        "/summary | \"summary\": \"one\\ntwo\"",
        "/summary | \"summary\": \"\\ud83d\"",
        "/summary | \"summary\": 5",
        "/severity | \"severity\": \"urgent\"",
        "/status | \"status\": \"ready\"",
        "/kind | \"kind\": \"a b\"",
        "/route | \"route\": \"https://example.org/\"",
        "/route | \"route\": \"yjs:data\"",
        "/route | \"route\": \"yjs:nowhere/a\"",
        "/route | \"route\": \"stream:\"",
        "/route | \"route\": \"weather\"",
        "/details_ref | \"details_ref\": \"yjs:data/weather\"",
        "/details_ref | \"details_ref\": \"details:a b\"",
        "/webspace_id | \"webspace_id\": \"no such\"",
    })
    void member_ofAnotherForm_isRefused_withItsPlace(String place, String member) {
        // Given
        String others = (place.equals("/webspace_id") ? "" : "\"webspace_id\": \"desktop\", ")
                + (place.equals("/status") ? "" : "\"status\": \"online\", ");

        // When
        List<FieldProblem> problems = problems(
                ('{' + others + member + '}').getBytes(StandardCharsets.UTF_8));

        // Then
        assertEquals(List.of(place + " malformed"), told(problems));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "86400001", "1e3", "1.5", "\"60000\"", "-1",
        "99999999999999999999"})
    void time_thatCannotBe_isRefused(String ttl) {
        // Given
        byte[] body = Cards.body("\"status\": \"online\", \"ttl_ms\": " + ttl);

        // When
        List<FieldProblem> problems = problems(body);

        // Then
        assertEquals(List.of("/ttl_ms out_of_range"), told(problems));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{", "{} {}", "{\"status\": \"online\","
            + " \"status\": \"offline\"}"})
    void body_thatIsNoObject_isRefused(String body) {
        // Given
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        // When
        HubException refused = assertThrows(HubException.class,
                () -> ClaimReader.read("weather", Cards.WEATHER, bytes));

        // Then
        assertEquals(HubErrorCode.BODY_INVALID, refused.code());
    }

    @Test
    void everyFault_isTold_butNotWithoutEnd() {
        // Given
        StringBuilder members = new StringBuilder("\"a0\": 1");
        for (int i = 1; i < 1_000; i++) {
            members.append(", \"a").append(i).append("\": 1");
        }

        // When
        List<FieldProblem> few = problems("{\"rows\": [], \"ttl_ms\": 1}".getBytes());
        List<FieldProblem> many = problems(Cards.body(members.toString()));

        // Then
        assertEquals(List.of("/rows unknown", "/webspace_id missing", "/status missing",
                "/ttl_ms out_of_range"), told(few));
        assertEquals(32, many.size());
    }

    @Test
    void metadata_isBounded_inNumberAndLength() {
        // Given
        byte[] most = Cards.body(Cards.metadata(16, 512));

        // When
        CardClaim claim = ClaimReader.read("weather", Cards.WEATHER, most).claim();
        List<FieldProblem> tooMany = problems(Cards.body(Cards.metadata(17, 1)));
        List<FieldProblem> tooLong = problems(Cards.body(Cards.metadata(1, 513)));

        // Then
        assertEquals(16, claim.metadata().size());
        assertEquals(List.of("/metadata malformed"), told(tooMany));
        assertEquals(List.of("/metadata/m0 malformed"), told(tooLong));
    }

    @Test
    void equalClaims_haveEqualFingerprints_whateverTheirOrder() {
        // Given
        CardClaim one = Cards.claim("a", Cards.WEATHER,
                "\"status\": \"online\", \"metadata\": {\"b\": 1, \"a\": 2}");
        CardClaim same = Cards.claim("a", Cards.WEATHER, "\"metadata\": {\"a\": 2, \"b\": 1},"
                + " \"status\": \"online\", \"ttl_ms\": 1000");
        CardClaim other = Cards.claim("a", Cards.WEATHER,
                "\"status\": \"online\", \"metadata\": {\"b\": 1, \"a\": 3}");

        // When
        boolean equal = one.fingerprint().equals(same.fingerprint());
        boolean differs = one.fingerprint().equals(other.fingerprint());

        // Then
        assertTrue(equal);
        assertEquals(false, differs);
    }

    private static List<FieldProblem> problems(byte[] body) {
        return assertThrows(HubException.class,
                () -> ClaimReader.read("weather", Cards.WEATHER, body)).errors();
    }

    private static List<String> told(List<FieldProblem> problems) {
        return problems.stream().map(problem -> problem.path() + ' ' + problem.code()).toList();
    }
}
