package io.adaos.hub.projection.governance.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.GovernanceSettings;
import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.evidence.OwnerKey;
import io.adaos.hub.projection.governance.evidence.WriteAttempt;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.governance.evidence.WriteOrigin;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a scrape sees. */
class GovernanceMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WriteGovernor governor = new WriteGovernor(
            GovernanceSettings.DEFAULT, owner -> PressureThresholds.DEFAULT);
    private final GovernanceMetrics metrics = new GovernanceMetrics(governor, registry);

    @Test
    void writes_areCountedByOutcomeAndCause() {
        // Given
        refuse("skill:a", 900_000);
        refuse("skill:b", 1);

        // When
        metrics.refresh(1_000);

        // Then
        assertEquals(2, registry.get("hub_governance_writes").tag("outcome", "refused")
                .tag("cause", "stream_snapshot").functionCounter().count());
        assertEquals(1, registry.get("hub_governance_owners")
                .tag("policy_state", "throttle").gauge().value());
        assertEquals(1, registry.get("hub_governance_owners")
                .tag("policy_state", "ok").gauge().value());
    }

    @Test
    void labels_neverNameAnOwner() {
        // Given
        refuse("skill:secret", 1);
        metrics.refresh(1_000);

        // When
        String labels = registry.getMeters().stream()
                .map(meter -> meter.getId().getTags().toString())
                .collect(Collectors.joining());

        // Then
        assertTrue(!labels.contains("secret") && labels.contains("skill_projection"), labels);
    }

    private void refuse(String owner, long bytes) {
        OwnerKey key = OwnerKey.of(WebspaceId.DESKTOP, new OwnerId(owner));
        governor.refuse(
                WriteAttempt.governed(key, "data/a/b", new WriteAttempt.Value(bytes, 0),
                        new WriteOrigin(WriteCause.STREAM_SNAPSHOT, "test", "http", "", 0)),
                WriteReason.VALUE_INVALID, 1_000);
    }
}
