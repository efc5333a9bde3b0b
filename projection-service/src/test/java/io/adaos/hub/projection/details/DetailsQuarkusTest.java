package io.adaos.hub.projection.details;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.projection.operationview.InstalledShelf;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.write.ingress.IngressFixture;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Details over HTTP, kept in a real database, with rules of a real upstream. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class DetailsQuarkusTest {

    private static final int MIB = 1 << 20;
    private static final String LOG = "weather.log.";

    @Inject
    Pool pool;

    private final InstalledShelf upstream = OperationsUpstream.get().shelf();
    private final String slot = LOG + UUID.randomUUID();

    @BeforeEach
    void install() {
        IngressFixture.install();
    }

    @Test
    void details_areKept_andAnsweredWithATag_butAreNotInTheDocument() {
        // Given
        String body = "{ \"lines\": [ {\"t\": 1.5, \"text\": \"grün \\u0000 😀\"} ], \"n\": null }";
        long generation = generation();

        // When
        Response written = put(TestKeys.SKILL, slot, body);
        Response read = get(TestKeys.READER, slot);

        // Then
        assertEquals(200, written.statusCode(), written.asString());
        assertEquals("applied", written.path("outcome"));
        assertEquals("durable", written.path("level"));
        assertEquals("desktop", written.path("webspace_id"));
        assertEquals("skill:weather", written.path("owner"));
        assertEquals("details/" + slot, written.path("path"));
        assertEquals("{\"lines\":[{\"t\":1.5,\"text\":\"grün \\u0000 😀\"}],\"n\":null}",
                new String(read.asByteArray(), StandardCharsets.UTF_8));
        assertEquals(read.asByteArray().length, written.<Integer>path("bytes"));
        assertEquals(written.header("ETag"), read.header("ETag"));
        assertTrue(read.header("ETag").startsWith("\""), "a strong tag");
        assertTrue(read.contentType().startsWith("application/json"));
        assertEquals(generation, generation());
    }

    @Test
    void equalValue_isUnchanged_andItsReaderIsAnswered304() {
        // Given
        String tag = put(TestKeys.SKILL, slot, "[1, 2]").header("ETag");

        // When
        Response again = put(TestKeys.SKILL, slot, "[1,2]");
        Response known = as(TestKeys.READER).header("If-None-Match", "\"other\", " + tag)
                .get(path("desktop", slot));
        Response other = as(TestKeys.READER).header("If-None-Match", "\"other\"")
                .get(path("desktop", slot));

        // Then
        assertEquals("unchanged", again.path("outcome"));
        assertEquals(tag, again.header("ETag"));
        assertEquals(304, known.statusCode());
        assertEquals(tag, known.header("ETag"));
        assertEquals("", known.asString());
        assertEquals("[1,2]", other.asString());
    }

    @Test
    void write_overAnotherState_isRefusedWith412_andTheOldValueStays() {
        // Given
        String tag = put(TestKeys.SKILL, slot, "1").header("ETag");

        // When
        Response stale = putIf("If-Match", "\"older\"", "2");
        Response weak = putIf("If-Match", "W/" + tag, "2");
        Response exists = putIf("If-None-Match", "*", "2");
        Response fresh = putIf("If-Match", tag, "3");

        // Then
        assertEquals(List.of(412, 412, 412, 200), List.of(stale.statusCode(), weak.statusCode(),
                exists.statusCode(), fresh.statusCode()));
        assertEquals("precondition_failed", stale.path("code"));
        assertEquals(tag, stale.path("etag"));
        assertEquals("3", get(TestKeys.READER, slot).asString());
    }

    @Test
    void slot_ofADeclaredProjection_hasDetailsToo_withTheirOwnLimit() {
        // Given
        String small = '"' + "x".repeat(1_998) + '"';

        // When
        Response written = put(TestKeys.SKILL, "weather.current", small);
        Response large = put(TestKeys.SKILL, "weather.current", small.replace("\"x", "\"xx"));

        // Then
        assertEquals("applied", written.path("outcome"), written.asString());
        assertEquals(413, large.statusCode());
        assertEquals("payload_budget_exceeded", large.path("code"));
        assertEquals("payload_budget_exceeded", large.path("reason"));
        assertEquals("refused", large.path("outcome"));
        assertEquals(2_001, large.<Integer>path("observed"));
        assertEquals(2_000, large.<Integer>path("limit"));
        assertEquals("details/weather.current", large.path("path"));
        assertEquals(small, get(TestKeys.READER, "weather.current").asString());
    }

    @Test
    void badInput_isRefusedWithItsCode_andTheOldValueStays() {
        // Given
        put(TestKeys.SKILL, slot, "\"old\"");

        // When
        List<String> codes = List.of(
                code(put(TestKeys.SKILL, slot, "{\"a\": 1")),
                code(put(TestKeys.SKILL, slot, "1 2")),
                code(put(TestKeys.SKILL, slot, "")),
                code(put(TestKeys.SKILL, slot, "{\"a\": 1, \"a\": 2}")),
                code(put(TestKeys.SKILL, slot, "{\"__proto__\": 1}")),
                code(put(TestKeys.SKILL, slot, "[".repeat(70) + "]".repeat(70))),
                code(put(TestKeys.SKILL, slot, "[".repeat(500) + "]".repeat(500))),
                code(put(TestKeys.SKILL, slot, "[" + "0,".repeat(10_000) + "0]")),
                code(put(TestKeys.SKILL, slot, '"' + "y".repeat(MIB) + '"')),
                code(put(TestKeys.SKILL, slot, '"' + "y".repeat(5 * MIB) + '"')),
                code(put(TestKeys.SKILL, "nobody.declared", "1")),
                code(put(TestKeys.SKILL, "no slot", "1")),
                code(as(TestKeys.SKILL).body("1").contentType("application/json")
                        .put(path("nowhere", slot))),
                code(as(TestKeys.SKILL).body("1").contentType("application/json")
                        .put(path("no such", slot))),
                code(as(TestKeys.SKILL).body("1").contentType("text/plain")
                        .put(path("desktop", slot))));

        // Then
        assertEquals(List.of("body_invalid", "body_invalid", "body_invalid", "value_invalid",
                "value_invalid", "payload_budget_exceeded", "value_invalid",
                "payload_budget_exceeded", "payload_budget_exceeded", "payload_too_large",
                "projection_rule_missing", "request_invalid", "webspace_unknown",
                "webspace_unknown", "media_type_unsupported"), codes);
        assertEquals("\"old\"", get(TestKeys.READER, slot).asString());
    }

    @Test
    void owner_isThatOfTheCredential_andOthersAreRefused() {
        // Given
        String other = LOG + UUID.randomUUID();

        // When
        Response foreign = put(TestKeys.OTHER_SKILL, slot, "1");
        Response person = put(TestKeys.WRITER, slot, "1");
        Response node = put(TestKeys.NODE, slot, "1");
        Response reader = put(TestKeys.READER, slot, "1");
        Response expired = put(TestKeys.EXPIRED, slot, "1");
        Response nobody = given().contentType("application/json").body("1")
                .put(path("desktop", slot));
        Response operator = put(TestKeys.ADMIN, other, "1");

        // Then
        assertEquals(List.of("wrong_owner", "wrong_owner", "owner_missing", "forbidden",
                "unauthenticated", "unauthenticated"), List.of(code(foreign), code(person),
                code(node), code(reader), code(expired), code(nobody)));
        assertEquals(403, foreign.statusCode());
        assertEquals("skill:clock", foreign.path("owner"));
        assertEquals("core:operator", operator.path("owner"));
        assertEquals("not_found", code(get(TestKeys.READER, slot)));
    }

    @Test
    void reader_needsTheWebspacesScope_andADeclaredSlot() {
        // Given
        as(TestKeys.ADMIN).put("/v1/webspaces/details-lab");

        // When
        List<String> codes = List.of(
                code(get(TestKeys.SKILL, slot)),
                code(given().get(path("desktop", slot))),
                code(as(TestKeys.READER).get(path("details-lab", slot))),
                code(as(TestKeys.ADMIN).get(path("nowhere", slot))),
                code(get(TestKeys.READER, "nobody.declared")),
                code(get(TestKeys.READER, "no slot")),
                code(get(TestKeys.READER, slot)));

        // Then
        assertEquals(List.of("forbidden", "unauthenticated", "forbidden", "webspace_unknown",
                "projection_rule_missing", "request_invalid", "not_found"), codes);
    }

    @Test
    void miss_isARowOfTheDiagnostics() {
        // Given
        put(TestKeys.SKILL, "details.miss", "[1]");

        // When
        Map<String, Object> row = as(TestKeys.SKILL)
                .get("/v1/diagnostics/projections?owner=skill:weather")
                .path("items.find { it.slot == 'details.miss' }");

        // Then
        assertEquals("details", row.get("scope"));
        assertEquals(3, row.get("last_payload_bytes"));
        assertEquals(true, row.get("manifest_available"));
    }

    @Test
    void bytes_ofOneArtifactInOneWebspace_areBounded_inAnotherThereIsRoom() {
        // Given
        as(TestKeys.ADMIN).put("/v1/webspaces/details-full");
        as(TestKeys.ADMIN).put("/v1/webspaces/details-room");
        String large = '"' + "z".repeat(MIB - 2) + '"';
        List<Integer> statuses = new ArrayList<>();

        // When
        for (int i = 0; i < 9; i++) {
            statuses.add(operator("details-full", LOG + i, large).statusCode());
        }
        Response full = operator("details-full", LOG + "more", "1");
        Response replaced = operator("details-full", LOG + 0, "1");
        Response elsewhere = operator("details-room", LOG + "more", large);

        // Then
        assertEquals(List.of(200, 200, 200, 200, 200, 200, 200, 200, 413), statuses);
        assertEquals("payload_budget_exceeded", code(full));
        assertEquals(8 * MIB + 1, full.<Integer>path("observed"));
        assertEquals(8 * MIB, full.<Integer>path("limit"));
        assertEquals(List.of(200, 200), List.of(replaced.statusCode(), elsewhere.statusCode()));
    }

    @Test
    void flood_ofASkill_isRefused_andItsBalanceHolds() {
        // Given
        as(TestKeys.ADMIN).put("/v1/webspaces/details-flood");
        Response answer = skill(0);

        // When
        int written = 1;
        for (; written < 500 && answer.statusCode() == 200; written++) {
            answer = skill(written);
        }

        // Then
        assertEquals(429, answer.statusCode(), answer.asString());
        assertEquals("write_amplification", code(answer));
        assertTrue(Integer.parseInt(answer.header("Retry-After")) >= 1);
        Map<String, Object> row = as(TestKeys.ADMIN)
                .get("/v1/governance/owners?limit=500&webspace_id=details-flood")
                .path("items.find { it.owner == 'skill:weather' }");
        Map<?, ?> counters = (Map<?, ?>) row.get("counters");
        assertEquals(written, counters.get("attempted_total"));
        assertEquals(written - 1, counters.get("applied"));
        assertEquals(1, counters.get("refused"));
        assertEquals(List.of("details"), row.get("blocked_roots"));
    }

    @Test
    void uninstalledArtifact_losesItsDetails_andAChangedOneWhatItNoLongerDeclares() {
        // Given
        ArtifactRef skill = new ArtifactRef("skill", "d" + UUID.randomUUID());
        install(skill, "1.0.0", skill.id() + ".*");
        operator("desktop", skill.id() + ".a", "1");
        operator("desktop", skill.id() + ".b", "2");

        // When
        install(skill, "2.0.0", skill.id() + ".b");
        String withdrawn = code(get(TestKeys.READER, skill.id() + ".a"));
        operator("desktop", skill.id() + ".b", "3");
        List<String> kept = slots(skill);
        upstream.uninstall(skill);
        await().until(() -> slots(skill).isEmpty());

        // Then
        assertEquals("projection_rule_missing", withdrawn);
        assertEquals(List.of(skill.id() + ".b"), kept);
        assertEquals("projection_rule_missing", code(get(TestKeys.READER, skill.id() + ".b")));
        assertEquals("projection_rule_missing",
                code(operator("desktop", skill.id() + ".b", "4")));
    }

    private void install(ArtifactRef skill, String version, String receiver) {
        upstream.publishManifest(skill, version, """
                {"data_routes": [{"surface": "s", "route": "details", "receiver": "%s"}]}"""
                .formatted(receiver));
        upstream.install(skill, version);
        await().until(() -> version.equals(as(TestKeys.ADMIN)
                .get("/v1/projections/rules/skill/" + skill.id()).path("version")));
    }

    private List<String> slots(ArtifactRef skill) {
        List<String> slots = new ArrayList<>();
        pool.preparedQuery("SELECT slot FROM details WHERE kind = 'skill' AND id = $1")
                .executeAndAwait(Tuple.of(skill.id()))
                .forEach(row -> slots.add(row.getString("slot")));
        return slots;
    }

    private Response putIf(String condition, String tag, String body) {
        return as(TestKeys.SKILL).header(condition, tag).contentType("application/json")
                .body(body).put(path("desktop", slot));
    }

    private static Response skill(int number) {
        return as(TestKeys.SKILL).contentType("application/json")
                .body('"' + "x".repeat(30_000) + number + '"')
                .put(path("details-flood", LOG + "flood"));
    }

    private static Response operator(String webspace, String slot, String body) {
        return as(TestKeys.ADMIN).contentType("application/json").body(body)
                .put(path(webspace, slot));
    }

    private static Response put(String key, String slot, String body) {
        return as(key).contentType("application/json").body(body).put(path("desktop", slot));
    }

    private static Response get(String key, String slot) {
        return as(key).get(path("desktop", slot));
    }

    private static RequestSpecification as(String key) {
        return given().auth().oauth2(key);
    }

    private static String path(String webspace, String slot) {
        return "/v1/webspaces/" + webspace.replace(" ", "%20") + "/details/"
                + slot.replace(" ", "%20");
    }

    private static String code(Response answer) {
        return answer.path("code");
    }

    private static long generation() {
        return as(TestKeys.ADMIN).get("/v1/webspaces/desktop/state")
                .jsonPath().getLong("generation");
    }
}
