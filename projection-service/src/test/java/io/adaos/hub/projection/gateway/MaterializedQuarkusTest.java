package io.adaos.hub.projection.gateway;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.write.ingress.IngressFixture;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A write is materialized when real Yjs clients have proved that they have applied it. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class MaterializedQuarkusTest {

    private static final int CLIENTS = 5;

    @TestHTTPResource("/")
    URI address;

    @Test
    void write_isMaterialized_whenAllAcknowledgingClientsHaveAppliedIt() {
        // Given
        IngressFixture.install();
        String text = UUID.randomUUID().toString();
        List<Response> answers = new ArrayList<>();

        // When
        List<JsonNode> steps = NodeClients.run(step -> {
            if (step.path("step").asText().equals("synced")) {
                answers.add(given().auth().oauth2(TestKeys.SKILL).contentType("application/json")
                        .body("{\"value\": \"" + text + "\", \"node_id\": \"proof\"}")
                        .post("/v1/webspaces/desktop/projections/weather.current"
                                + "?wait=materialized&timeout_ms=10000"));
            }
        }, "acknowledge.mjs", "ws://" + address.getAuthority(), "desktop", TestKeys.READER,
                Integer.toString(CLIENTS), text);

        // Then
        Response answer = answers.get(0);
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals("materialized", answer.path("level"), answer.asString());
        assertEquals(CLIENTS, answer.<Integer>path("sessions"));
        long generation = answer.jsonPath().getLong("generation");
        NodeClients.step(steps, "shown").path("heard").forEach(heard ->
                assertTrue(heard.asLong() >= generation, heard + " is before " + generation));
    }
}
