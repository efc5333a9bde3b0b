package io.adaos.hub.registry.catalog;

import static io.adaos.hub.registry.PushedArtifacts.pushSkill;
import static io.adaos.hub.registry.PushedArtifacts.pusher;
import static io.adaos.hub.registry.PushedArtifacts.skill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestArchives;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
class CatalogEventQuarkusTest {

    @Test
    void push_isAFactOnTheBus_withItsCorrelationId() throws Exception {
        // Given
        pusher().header("X-Request-Id", "corr-1")
                .multiPart("archive", "a.zip", TestArchives.zip(skill("event.skill", "1.0.0")))
                .post("/v1/skills").then().statusCode(201);

        // When
        JsonNode event = nextFact("event.skill");

        // Then
        assertEquals("1.0", event.path("specversion").asText());
        assertEquals("io.adaos.hub.catalog.upserted.v1", event.path("type").asText());
        assertEquals("registry-sync-service", event.path("source").asText());
        assertEquals("skill:event.skill", event.path("subject").asText());
        assertEquals("corr-1", event.path("correlationid").asText());
        assertEquals("corr-1", event.path("data").path("correlation_id").asText());
        assertEquals("event.skill", event.at("/data/entry/id").asText());
        assertEquals(1, event.at("/data/entry/revision").asInt());
        assertNotNull(event.at("/data/entry/content_digest").textValue());
    }

    @Test
    void laterOlderVersion_andRepetition_areNoFacts() throws Exception {
        // Given
        pushSkill("quiet_skill", "1.0.0").then().statusCode(201);
        pushSkill("quiet_skill", "1.0.0").then().statusCode(200);
        pushSkill("quiet_skill", "0.9.0").then().statusCode(201);
        pushSkill("quiet_skill", "1.1.0").then().statusCode(201);

        // When
        JsonNode last = lastFact("quiet_skill", 2);

        // Then
        assertEquals("1.1.0", last.at("/data/entry/version").asText());
        assertEquals(2, last.at("/data/entry/revision").asInt());
    }

    private static JsonNode nextFact(String id) throws Exception {
        return lastFact(id, 1);
    }

    /** The last of exactly so many facts about this skill. */
    private static JsonNode lastFact(String id, int count) throws Exception {
        String subject = HubSubjects.catalogUpserted(new ArtifactRef("skill", id));
        Connection nats = Nats.connect(HubTestResource.nats().url());
        try {
            JetStreamSubscription facts = nats.jetStream()
                    .subscribe(subject, PushSubscribeOptions.builder().ordered(true).build());
            Message last = null;
            for (int i = 0; i < count; i++) {
                last = facts.nextMessage(Duration.ofSeconds(30));
                assertNotNull(last, "fact " + (i + 1) + " of " + id);
            }
            assertEquals(null, facts.nextMessage(Duration.ofMillis(300)));
            return HubJson.mapper().readTree(last.getData());
        } finally {
            nats.close();
        }
    }
}
