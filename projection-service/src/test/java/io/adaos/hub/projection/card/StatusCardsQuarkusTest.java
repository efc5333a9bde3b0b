package io.adaos.hub.projection.card;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.card.claim.Cards;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Cards over HTTP. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class StatusCardsQuarkusTest {

    private static final String CARDS = "/v1/status/cards";
    private static final String ONLINE = "\"status\": \"online\"";

    private final String id = "weather." + UUID.randomUUID();

    @Test
    void card_isHeld_listed_andTakenBackByItsOwnerOnly() {
        // Given
        Response first = put(TestKeys.SKILL, id, ONLINE + ", \"route\": \"yjs:data/weather/a\"");

        // When
        Response again = put(TestKeys.SKILL, id, ONLINE + ", \"route\": \"yjs:data/weather/a\"");
        Response foreign = put(TestKeys.OTHER_SKILL, id, ONLINE);
        Response foreignDelete = as(TestKeys.OTHER_SKILL).delete(CARDS + '/' + id);
        Response seen = as(TestKeys.READER).queryParam("owner", "skill:weather")
                .queryParam("webspace_id", "default").queryParam("scope", "webspace").get(CARDS);
        Response gone = as(TestKeys.SKILL).delete(CARDS + '/' + id);
        Response twice = as(TestKeys.SKILL).delete(CARDS + '/' + id);

        // Then
        assertEquals(List.of(202, 202, 403, 403, 200, 204, 404), List.of(first.statusCode(),
                again.statusCode(), foreign.statusCode(), foreignDelete.statusCode(),
                seen.statusCode(), gone.statusCode(), twice.statusCode()), first.asString());
        assertEquals(List.of("applied", "accepted", "unchanged"), List.of(first.path("outcome"),
                first.path("level"), again.path("outcome")));
        assertEquals("wrong_owner", foreign.path("code"));
        String card = "items.find { it.id == '" + id + "' }.";
        assertEquals("adaos.status_card.v1", seen.path(card + "schema"));
        assertEquals("online", seen.path(card + "status"));
        assertEquals("yjs:data/weather/a", seen.path(card + "route"));
        assertEquals(1, seen.<Integer>path(card + "version"));
        assertEquals(false, seen.path(card + "stale"));
        assertNull(find(as(TestKeys.READER).get(CARDS), id));
    }

    @Test
    void list_isAnswered304_untilACardSaysSomethingElse() {
        // Given
        put(TestKeys.SKILL, id, ONLINE);
        Response list = mine();

        // When
        put(TestKeys.SKILL, id, ONLINE);
        Response same = as(TestKeys.SKILL).queryParam("owner", "skill:weather")
                .header("If-None-Match", list.header("ETag")).get(CARDS);
        put(TestKeys.SKILL, id, "\"status\": \"offline\"");
        Response other = as(TestKeys.SKILL).queryParam("owner", "skill:weather")
                .header("If-None-Match", list.header("ETag")).get(CARDS);

        // Then
        assertTrue(list.header("ETag").startsWith("W/\""), list.header("ETag"));
        assertEquals(List.of(304, 200), List.of(same.statusCode(), other.statusCode()));
        assertEquals("", same.asString());
        as(TestKeys.SKILL).delete(CARDS + '/' + id);
    }

    @Test
    void staleCard_isListedWhenAskedFor_andSaysNothing() {
        // Given
        put(TestKeys.SKILL, id, ONLINE + ", \"ttl_ms\": 1000");

        // When
        await().until(() -> find(mine(), id) == null);
        Response all = as(TestKeys.SKILL).queryParam("include_stale", true).get(CARDS);

        // Then
        assertEquals("unknown", all.path("items.find { it.id == '" + id + "' }.status"));
        assertEquals(true, all.path("items.find { it.id == '" + id + "' }.stale"));
        as(TestKeys.SKILL).delete(CARDS + '/' + id);
    }

    @Test
    void oversizedCard_isRefused_countedAndNamed_toItsOwnerAndOperators() {
        // Given
        int before = as(TestKeys.ADMIN).get(CARDS).path("diagnostics.oversized_card_total");

        // When
        Response large = put(TestKeys.SKILL, id, Cards.metadata(16, 512));
        Response body = put(TestKeys.SKILL, id, '"' + "x".repeat(70_000) + "\": 1");
        Response alias = as(TestKeys.ADMIN).get("/api/node/status/cards");

        // Then
        assertEquals(List.of(413, 413), List.of(large.statusCode(), body.statusCode()));
        assertEquals("payload_too_large", large.path("code"));
        assertEquals(8_192, large.<Integer>path("limit"));
        assertEquals(before + 2, alias.<Integer>path("diagnostics.oversizedCardTotal"));
        assertEquals(id, alias.path("diagnostics.lastOversizedCard.id"));
        assertEquals("skill:weather", alias.path("diagnostics.lastOversizedCard.owner"));
        assertEquals(8_192, alias.<Integer>path("diagnostics.maxCardBytes"));
        assertTrue(alias.<Integer>path("diagnostics.maxCardBytesObserved") > 70_000);
        assertEquals(id, mine().path("diagnostics.last_oversized_card.id"));
        assertNull(as(TestKeys.READER).get(CARDS).path("diagnostics.last_oversized_card"));
        assertNull(find(mine(), id));
    }

    @Test
    void alias_hasTheShapeOfExistingClients() {
        // Given
        put(TestKeys.SKILL, id, ONLINE);

        // When
        Response alias = as(TestKeys.SKILL).queryParam("webspace_id", "desktop")
                .queryParam("owner", "skill:weather").get("/api/node/status/cards");

        // Then
        assertEquals(List.of(true, true, "adaos.status_registry.v1", "desktop"), List.of(
                alias.path("ok"), alias.path("available"), alias.path("schema"),
                alias.path("webspaceId")));
        assertEquals(alias.<Integer>path("total"), alias.<Integer>path("returned"));
        assertEquals(id, alias.path("cards.find { it.id == '" + id + "' }.id"));
        assertTrue(alias.<Integer>path("diagnostics.publishTotal") > 0);
        assertEquals(304, as(TestKeys.SKILL).queryParam("webspace_id", "desktop")
                .queryParam("owner", "skill:weather").header("If-None-Match", alias.header("ETag"))
                .get("/api/node/status/cards").statusCode());
        as(TestKeys.SKILL).delete(CARDS + '/' + id);
    }

    @Test
    void cardsOfTheCore_areComputedForReadersOfTheWebspace() {
        // Given
        as(TestKeys.ADMIN).get("/v1/webspaces/desktop/state");

        // When
        Response seen = as(TestKeys.READER).queryParam("owner", "core:status").get(CARDS);
        Response unseen = as(TestKeys.SKILL).queryParam("owner", "core:status").get(CARDS);

        // Then
        String sync = "items.find { it.id == 'core:state_sync:desktop' }.";
        assertEquals("state_sync", seen.path(sync + "kind"));
        assertEquals("yjs:runtime/status", seen.path(sync + "route"));
        assertNull(seen.path(sync + "version"));
        assertTrue(seen.<Integer>path("diagnostics.derived_card_count") >= 2, seen.asString());
        assertEquals(0, unseen.<Integer>path("total"));
    }

    @Test
    void badRequests_areRefusedWithTheirCode() {
        // Given
        String elsewhere = "{\"webspace_id\": \"nowhere\", " + ONLINE + '}';

        // When
        List<String> codes = List.of(
                code(put(TestKeys.SKILL, id, ONLINE + ", \"rows\": [1]")),
                code(put(TestKeys.SKILL, "a b", ONLINE)),
                code(put(TestKeys.SKILL, "core:state_sync:desktop", ONLINE)),
                code(as(TestKeys.SKILL).contentType("application/json").body(elsewhere)
                        .put(CARDS + '/' + id)),
                code(put(TestKeys.NODE, id, ONLINE)),
                code(put(TestKeys.READER, id, ONLINE)),
                code(given().contentType("application/json").body("{}").put(CARDS + '/' + id)),
                code(given().get(CARDS)),
                code(as(TestKeys.READER).queryParam("limit", 0).get(CARDS)),
                code(as(TestKeys.READER).queryParam("limit", 1_001).get(CARDS)));

        // Then
        assertEquals(List.of("body_invalid", "request_invalid", "wrong_owner",
                "webspace_unknown", "owner_missing", "forbidden", "unauthenticated",
                "unauthenticated", "request_invalid", "request_invalid"), codes);
    }

    private static Response mine() {
        return as(TestKeys.SKILL).queryParam("owner", "skill:weather").get(CARDS);
    }

    private static Object find(Response list, String id) {
        return list.path("items.find { it.id == '" + id + "' }");
    }

    private static String code(Response answer) {
        return answer.path("code");
    }

    private static Response put(String key, String id, String members) {
        return as(key).contentType("application/json").body(Cards.body(members))
                .put(CARDS + "/{id}", id);
    }

    private static RequestSpecification as(String key) {
        return given().auth().oauth2(key);
    }
}
