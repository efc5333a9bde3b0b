package io.adaos.hub.projection.governance.edge;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.GovernanceDecision;
import io.adaos.hub.projection.governance.RawUpdates;
import io.adaos.hub.projection.governance.Settlement;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.direct.DirectWriteLog;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.HubTestResource;
import io.adaos.hub.testing.TestKeys;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Governance as operators, readers and skills see it over HTTP. */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class GovernanceQuarkusTest {

    private static final RawUpdates.Sender NOBODY = new RawUpdates.Sender() { };
    private static final WebspaceId ELSEWHERE = new WebspaceId("elsewhere");

    @Inject
    WriteGovernor governor;

    @Inject
    DirectWriteLog directWrites;

    @Inject
    SteadyClock clock;

    @Test
    void owners_showPressureEvidenceAndBalance() {
        // Given
        press(OwnerKey.of(WebspaceId.DESKTOP, new OwnerId("skill:noisy")), 2_000_000);

        // When
        ValidatableResponse answer = owners(TestKeys.ADMIN, "?policy_state=block");

        // Then
        String row = "items.find { it.owner == 'skill:noisy' }.";
        assertEquals(200, answer.extract().statusCode());
        answer.body("items.policy_state", everyItem(equalTo("block")))
                .body(row + "webspace_id", equalTo("desktop"))
                .body(row + "recent_bytes", equalTo(2_000_000))
                .body(row + "peak_wps", equalTo(1.0f))
                .body(row + "target", equalTo("primary_shared_doc"))
                .body(row + "reason", equalTo("write_amplification"))
                .body(row + "blocked_roots", equalTo(List.of("data")))
                .body(row + "counters.attempted_total", equalTo(1))
                .body(row + "counters.blocked_total", equalTo(1))
                .body(row + "by_cause.skill_projection.refused", equalTo(1))
                .body(row + "last.correlation_id", equalTo("c-9"));
    }

    @Test
    void owners_ofWebspacesTheCallerMayNotRead_areHidden() {
        // Given
        press(OwnerKey.of(ELSEWHERE, new OwnerId("skill:weather")), 10);
        press(OwnerKey.of(ELSEWHERE, new OwnerId("skill:clock")), 10);
        press(OwnerKey.of(WebspaceId.DESKTOP, new OwnerId("skill:clock")), 10);

        // When
        ValidatableResponse reader = owners(TestKeys.READER, "");
        ValidatableResponse skill = owners(TestKeys.SKILL, "");
        ValidatableResponse all = owners(TestKeys.ADMIN, "?limit=500");
        ValidatableResponse admin = owners(TestKeys.ADMIN, "?webspace_id=elsewhere");

        // Then
        reader.body("items.webspace_id", everyItem(equalTo("desktop")))
                .body("items.owner", hasItem("skill:clock"));
        skill.body("items.owner", everyItem(equalTo("skill:weather")));
        admin.body("items.owner", equalTo(List.of("skill:clock", "skill:weather")))
                .body("total", equalTo(2));
        assertEquals(skill.extract().<List<?>>path("items").size(),
                (int) skill.extract().path("total"));
        assertEquals(all.extract().<Integer>path(
                "items.findAll { it.owner == 'skill:weather' }.size()"),
                skill.extract().path("total"));
    }

    @Test
    void governance_withoutCredential_isRefused() {
        // Given

        // When
        int owners = given().get("/v1/governance/owners").statusCode();
        int direct = given().get("/v1/governance/direct-writes").statusCode();

        // Then
        assertEquals(List.of(401, 401), List.of(owners, direct));
    }

    @Test
    void unknownState_isRefusedWithTheWordsThereAre() {
        // Given

        // When
        ValidatableResponse answer = owners(TestKeys.ADMIN, "?policy_state=quarantine");

        // Then
        assertEquals(400, answer.extract().statusCode());
        answer.body("errors[0].path", equalTo("policy_state"))
                .body("errors[0].remedy", containsString("throttle"));
    }

    @Test
    void directWrites_areReportedWithWhatToDeclare() {
        // Given
        directWrites.note(new DirectWriteLog.Update(
                OwnerKey.direct(WebspaceId.DESKTOP, new OwnerId("skill:old")),
                List.of(List.of("data", "old", "list")), 700, false), clock.millis());

        // When
        ValidatableResponse answer = given().header("Authorization", "Bearer " + TestKeys.READER)
                .get("/v1/governance/direct-writes").then();

        // Then
        String row = "items.find { it.owner == 'skill:old' }.";
        assertEquals(200, answer.extract().statusCode());
        answer.body(row + "paths[0].path", equalTo("data/old/list"))
                .body(row + "data_projections[0].slot", equalTo("old.list"))
                .body(row + "data_projections[0].targets[0].path", equalTo("data/old/list"))
                .body(row + "data_projections[0].budget.max_payload_bytes", equalTo(2048));
    }

    @Test
    void evidence_isToldOnTheBus_onceASecondPerReason() throws Exception {
        // Given
        OwnerKey noisy = OwnerKey.of(WebspaceId.DESKTOP, new OwnerId("skill:told"));
        Connection bus = OperationsUpstream.get().connection();
        Subscription told = bus.subscribe("hub.v1.governance.blocked.desktop.>");
        bus.flush(Duration.ofSeconds(5));

        // When
        press(noisy, 2_000_000);
        press(noisy, 2_000_000);

        // Then: a second may end between the two
        JsonNode event = null;
        int count = 0;
        int bytes = 0;
        for (int i = 0; i < 20 && count < 2; i++) {
            Message message = told.nextMessage(Duration.ofSeconds(2));
            JsonNode seen = message == null ? NullNode.getInstance()
                    : HubJson.mapper().readTree(message.getData());
            if ("skill:told".equals(seen.at("/data/last/owner").asText())) {
                event = seen;
                count += seen.at("/data/count").asInt();
                bytes += seen.at("/data/bytes").asInt();
            }
        }
        told.unsubscribe();
        assertEquals("io.adaos.hub.governance.evidence.v1", event.get("type").asText());
        assertEquals("blocked", event.at("/data/verdict").asText());
        assertEquals(2, count);
        assertEquals(4_000_000, bytes);
        assertEquals("write_amplification", event.at("/data/last/reason").asText());
        assertEquals("c-9", event.at("/data/last/correlation_id").asText());
        assertEquals(2, event.at("/data/last/counters/attempted_total").asInt());
    }

    @Test
    void metrics_tellOutcomesByCause() {
        // Given
        press(OwnerKey.of(WebspaceId.DESKTOP, new OwnerId("skill:measured")), 10);

        // When
        await().until(() -> given().get("/metrics").asString()
                .contains("hub_governance_writes_total{cause=\"skill_projection\""));

        // Then
        String metrics = given().get("/metrics").asString();
        assertEquals(false, metrics.contains("skill:measured"));
    }

    private ValidatableResponse owners(String token, String query) {
        return given().header("Authorization", "Bearer " + token)
                .get("/v1/governance/owners" + query).then();
    }

    private void press(OwnerKey key, int bytes) {
        WriteAttempt attempt = WriteAttempt.governed(key, "data/a/b",
                new WriteAttempt.Value(bytes, 0),
                new WriteOrigin(WriteCause.SKILL_PROJECTION, "test", "http", "c-9", 1));
        GovernanceDecision decision = governor.judge(
                attempt, RawUpdates.of(new byte[0], NOBODY), clock.millis());
        if (decision instanceof GovernanceDecision.Permit permit) {
            governor.settled(permit.ticket(), new Settlement.Applied(bytes, 1), clock.millis());
        }
    }
}
