package io.adaos.hub.projection.write.ingress;

import static io.adaos.hub.projection.write.ingress.IngressFixture.owner;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A room that falls asleep takes with it what its owners were still held back with. */
@QuarkusTest
@TestProfile(SleepQuarkusTest.SleepsSoon.class)
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class SleepQuarkusTest {

    private static final String WEBSPACE = "sleepy";

    /** Rooms sleep after a moment. */
    public static final class SleepsSoon implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("hub.rooms.sleep-after", "400ms");
        }
    }

    @Inject
    RoomDirectory rooms;

    @Inject
    UpkeepCounts counts;

    private final String owner = owner();

    private Response write(int number) {
        return IngressFixture.write(TestKeys.ADMIN, WEBSPACE, "weather.current", """
                {"value": "%s", "owner": "%s", "node_id": "one"}"""
                .formatted(value(number), owner));
    }

    private static String value(int number) {
        return number + "x".repeat(30_000);
    }

    private static String shown() {
        return given().auth().oauth2(TestKeys.ADMIN)
                .get("/v1/webspaces/" + WEBSPACE + "/state")
                .path("document.data.nodes.one.weather.current");
    }

    private boolean isAsleep() {
        return rooms.live(new WebspaceId(WEBSPACE)).isEmpty();
    }

    private Map<String, Integer> counters() {
        return given().auth().oauth2(TestKeys.ADMIN).get("/v1/governance/owners?limit=500")
                .path("items.find { it.owner == '" + owner + "' }.counters");
    }

    @Test
    void deferredValue_isWrittenBeforeItsRoomSleeps_andNothingIsLost() {
        // Given
        IngressFixture.install();
        given().auth().oauth2(TestKeys.ADMIN).put("/v1/webspaces/" + WEBSPACE);
        Response answer = write(0);
        int newest = 0;
        for (int i = 1; i < 500 && answer.statusCode() != 429; i++) {
            answer = write(i);
            newest = answer.statusCode() == 429 ? newest : i;
        }

        // When
        await().until(this::isAsleep);
        int pending = counters().get("pending");

        // Then
        assertEquals(429, answer.statusCode());
        assertEquals(0, pending);
        assertTrue(isAsleep());
        assertEquals(value(newest), shown());
        assertTrue(counts.sleeps() > 0);
        Map<String, Integer> counters = counters();
        assertEquals(counters.get("attempted_total"), counters.get("applied")
                + counters.get("coalesced") + counters.get("refused"));
        await().until(this::isAsleep);
        assertEquals(200, IngressFixture.write(TestKeys.SKILL, WEBSPACE, "weather.small",
                "{\"value\": 1, \"scope\": \"webspace\"}").statusCode());
    }
}
