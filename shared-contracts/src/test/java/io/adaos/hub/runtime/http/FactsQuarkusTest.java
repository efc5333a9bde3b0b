package io.adaos.hub.runtime.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class FactsQuarkusTest {

    @Inject
    ReceivedFacts received;

    @Test
    void committedFact_reachesTheChannel_alsoAfterTheBusWasWiped() {
        // Given
        given().post("/probe/facts/before").then().statusCode(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> received.keys().contains("before"));

        // When
        HubTestResource.nats().wipe();
        given().post("/probe/facts/during").then().statusCode(200);
        HubTestResource.nats().restart();
        given().post("/probe/facts/after").then().statusCode(200);

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> received.keys().contains("after"));
        assertTrue(received.keys().contains("during"));
        await().atMost(Duration.ofSeconds(10)).until(() -> received.heads().contains(3L));
    }
}
