package io.adaos.hub.projection.write.ingress;

import static io.adaos.hub.projection.write.ingress.IngressFixture.owner;
import static io.adaos.hub.projection.write.ingress.IngressFixture.write;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An owner that writes too much waits and is refused; its newest value arrives all the same. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class DeferredWritesQuarkusTest {

    private final String owner = owner();

    @Inject
    Pool pool;

    @BeforeEach
    void install() {
        IngressFixture.install();
    }

    @Test
    void flood_isDeferredThenRefused_balances_andItsNewestValueIsShown() {
        // Given
        Response answer = one(0);
        int deferred = 0;
        int newest = 0;

        // When
        for (int i = 1; i < 500 && answer.statusCode() != 429; i++) {
            answer = one(i);
            deferred += answer.statusCode() == 202 ? 1 : 0;
            newest = answer.statusCode() == 429 ? newest : i;
        }

        // Then
        assertTrue(deferred > 0, "nothing was deferred");
        assertEquals("write_amplification", answer.path("code"), answer.asString());
        assertTrue(Integer.parseInt(answer.header("Retry-After")) >= 1);
        assertTrue(answer.<Integer>path("retry_after_ms") > 0);
        String last = value(newest);
        await().until(() -> last.equals(
                IngressFixture.<String>shown("data.nodes." + node() + ".weather.current")));
        await().until(() -> counters().get("pending") == 0);
        Map<String, Integer> counters = counters();
        assertEquals(counters.get("attempted_total"), counters.get("applied")
                + counters.get("coalesced") + counters.get("refused"));
    }

    @Test
    void pending_ofAWebspaceThatAnotherReplicaTook_isRefused_asWhatIsThereIsNewer() {
        // Given
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/taken");
        Response answer = one("taken", 0);
        for (int i = 1; i < 500 && answer.statusCode() != 429; i++) {
            answer = one("taken", i);
        }

        // When: from here on nothing more is applied
        pool.query("UPDATE webspaces SET epoch = epoch + 1, holder = 'other',"
                + " holder_address = 'http://other:1', lease_until = now() + interval '60 s'"
                + " WHERE webspace = 'taken'").executeAndAwait();
        Map<String, Integer> blocked = counters();

        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> counters().get("pending") == 0);
        assertEquals(blocked.get("refused") + blocked.get("pending"), counters().get("refused"));
        assertEquals(blocked.get("applied"), counters().get("applied"));
    }

    @Test
    void miss_isARow_withTheManifestsTotals() {
        // Given
        write("never.declared", "{\"value\": [1]}");

        // When
        Response answer = given().auth().oauth2(TestKeys.SKILL)
                .get("/v1/diagnostics/projections?owner=skill:weather");

        // Then
        Map<String, Object> row = answer.path("items.find { it.slot == 'never.declared' }");
        assertEquals("weather", row.get("skill"));
        assertEquals("desktop", row.get("webspace_id"));
        assertEquals(true, row.get("manifest_available"));
        assertEquals(5, row.get("declared_projection_total"));
        assertEquals(1, row.get("attempt_total"));
        assertEquals(3, row.get("last_payload_bytes"));
        assertEquals(row.get("first_at"), row.get("last_at"));
        assertEquals(answer.<Integer>path("total"), given().auth().oauth2(TestKeys.SKILL)
                .get("/api/node/projection-diagnostics?owner=skill:weather").path("total"));
    }

    private Response one(int value) {
        return one("desktop", value);
    }

    private Response one(String webspace, int value) {
        return write(TestKeys.ADMIN, webspace, "weather.current", """
                {"value": "%s", "owner": "%s", "node_id": "%s"}"""
                .formatted(value(value), owner, node()));
    }

    /** Large enough for the bytes of some dozens to be too many. */
    private static String value(int number) {
        return number + "x".repeat(30_000);
    }

    private String node() {
        return owner.replace("skill:", "");
    }

    private Map<String, Integer> counters() {
        return given().auth().oauth2(TestKeys.ADMIN).get("/v1/governance/owners?limit=500")
                .path("items.find { it.owner == '" + owner + "' }.counters");
    }
}
