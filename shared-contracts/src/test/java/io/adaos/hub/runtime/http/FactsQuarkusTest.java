package io.adaos.hub.runtime.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.nats.client.Connection;
import io.nats.client.Nats;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(HubTestResource.class)
class FactsQuarkusTest {

    @Inject
    ReceivedFacts received;

    @Test
    void malformedMessage_doesNotStopTheChannel() throws Exception {
        // Given
        given().post("/probe/facts/early").then().statusCode(200);
        await().until(() -> received.keys().contains("early"));
        Connection stranger = Nats.connect(HubTestResource.nats().url());
        stranger.jetStream().publish("hub.v1.catalog.upserted.skill.x", new byte[] {'{'});
        stranger.close();

        // When
        given().post("/probe/facts/late").then().statusCode(200);

        // Then
        await().until(() -> received.keys().contains("late"));
        assertTrue(received.keys().contains("late"));
    }

    @Test
    void committedFact_reachesTheChannel_alsoAfterTheBusWasWiped() {
        // Given
        given().post("/probe/facts/before").then().statusCode(200);
        await().until(() -> received.keys().contains("before"));

        // When
        HubTestResource.nats().wipe();
        given().post("/probe/facts/during").then().statusCode(200);
        HubTestResource.nats().restart();
        given().post("/probe/facts/after").then().statusCode(200);

        // Then
        await().until(() -> received.keys().contains("after"));
        assertTrue(received.keys().contains("during"));
        await().until(() -> received.heads().contains(sequence()));
    }

    private static long sequence() {
        return given().get("/v1/health").jsonPath().getLong("outbox.sequence");
    }
}
