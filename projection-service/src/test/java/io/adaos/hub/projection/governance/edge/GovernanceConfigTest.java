package io.adaos.hub.projection.governance.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.GovernanceSettings;
import io.adaos.hub.projection.governance.direct.DirectWriteMode;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import io.adaos.hub.projection.governance.pressure.PressureThresholds.Rate;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The knobs, their defaults and their old names. */
class GovernanceConfigTest {

    @Test
    void defaults_areTheDocumentedOnes() {
        // Given
        GovernanceConfig config = config(Map.of());

        // When
        PressureThresholds marks = config.thresholds();

        // Then
        assertEquals(PressureThresholds.DEFAULT, marks);
        assertEquals(GovernanceSettings.DEFAULT, config.settings());
        assertEquals(DirectWriteMode.ENFORCE, config.directWrites());
        assertEquals(marks, config.budgets().of(new OwnerId("skill:weather")));
    }

    @Test
    void oldNames_areObeyed() {
        // Given
        GovernanceConfig config = config(Map.of(
                "ADAOS_YJS_LOAD_MARK_HIGH_BPS", "1", "ADAOS_YJS_LOAD_MARK_CRITICAL_BPS", "2",
                "ADAOS_YJS_LOAD_MARK_BLOCK_BPS", "3", "ADAOS_YJS_LOAD_MARK_HIGH_WPS", "4",
                "ADAOS_YJS_LOAD_MARK_CRITICAL_WPS", "5", "ADAOS_YJS_LOAD_MARK_BLOCK_WPS", "6",
                "ADAOS_YJS_PRIMARY_DOC_GOVERNANCE_ENABLE", "0",
                "ADAOS_YJS_PRIMARY_DOC_GOVERNANCE_FAIL_OPEN", "0",
                "ADAOS_YJS_PRIMARY_DOC_PRESSURE_THROTTLE_SEC", "0.5"));

        // When
        PressureThresholds marks = config.thresholds();

        // Then
        assertEquals(new PressureThresholds(
                new Rate(1, 2, 3), new Rate(4, 5, 6), Duration.ofMillis(500)), marks);
        assertEquals(new GovernanceSettings(false, false, GovernanceSettings.Limits.DEFAULT),
                config.settings());
    }

    @Test
    void newNames_winOverOldOnes() {
        // Given
        GovernanceConfig config = config(Map.of(
                "ADAOS_YJS_LOAD_MARK_BLOCK_WPS", "99", "hub.governance.writes.block", "100",
                "hub.governance.fail-open", "false", "hub.governance.direct-writes", "observe"));

        // When
        double block = config.thresholds().writes().block();

        // Then
        assertEquals(100, block);
        assertEquals(false, config.failOpen());
        assertEquals(DirectWriteMode.OBSERVE, config.directWrites());
    }

    @Test
    void marksOfOneOwner_holdForItAlone() {
        // Given
        String owner = "hub.governance.owners.\"skill:weather\".";
        GovernanceConfig config = config(Map.of(
                owner + "bytes.high", "1", owner + "bytes.critical", "2",
                owner + "bytes.block", "3", owner + "writes.high", "4",
                owner + "writes.critical", "5", owner + "writes.block", "6"));

        // When
        PressureThresholds weather = config.budgets().of(new OwnerId("skill:weather"));
        PressureThresholds clock = config.budgets().of(new OwnerId("skill:clock"));

        // Then
        assertEquals(new Rate(1, 2, 3), weather.bytes());
        assertEquals(PressureThresholds.DEFAULT, clock);
    }

    @Test
    void marksThatDoNotRise_areRefused() {
        // Given
        GovernanceConfig config = config(Map.of("hub.governance.bytes.high", "900000"));

        // When
        Exception refusal = assertThrows(IllegalArgumentException.class, config::thresholds);

        // Then
        assertEquals("marks must rise from above 0: high 900000.0, critical 131072.0,"
                + " block 262144.0", refusal.getMessage());
    }

    private static GovernanceConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(GovernanceConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 300))
                .build()
                .getConfigMapping(GovernanceConfig.class);
    }
}
