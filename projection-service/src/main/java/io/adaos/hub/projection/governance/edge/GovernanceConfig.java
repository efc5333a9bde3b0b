package io.adaos.hub.projection.governance.edge;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.GovernanceSettings;
import io.adaos.hub.projection.governance.direct.DirectWriteMode;
import io.adaos.hub.projection.governance.pressure.DeclaredBudgets;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Write pressure on the documents. All knobs of the governor are here, with their old names. */
@ConfigMapping(prefix = "hub.governance")
public interface GovernanceConfig {

    /** Off: writes are measured and reported, never deferred or refused. */
    @WithDefault("${ADAOS_YJS_PRIMARY_DOC_GOVERNANCE_ENABLE:1}")
    boolean enable();

    /** What a failing policy means for a write: it passes and is logged, else it is refused. */
    @WithDefault("${ADAOS_YJS_PRIMARY_DOC_GOVERNANCE_FAIL_OPEN:1}")
    boolean failOpen();

    /** Seconds between two flushes of an owner that is slowed down. */
    @WithDefault("${ADAOS_YJS_PRIMARY_DOC_PRESSURE_THROTTLE_SEC:0.35}")
    double pressureThrottleSec();

    /** How strict the hub is with raw updates of skills. */
    @WithDefault("enforce")
    DirectWriteMode directWrites();

    /** Bytes a second. */
    BytesPerSecond bytes();

    /** Writes a second. */
    WritesPerSecond writes();

    /** Other marks for single owners, by owner, such as {@code "skill:weather"}. */
    Map<String, OwnerMarks> owners();

    /** From which bytes a second an owner is warned, slowed down, refused. */
    interface BytesPerSecond {
        @WithDefault("${ADAOS_YJS_LOAD_MARK_HIGH_BPS:32768}")
        double high();

        @WithDefault("${ADAOS_YJS_LOAD_MARK_CRITICAL_BPS:131072}")
        double critical();

        @WithDefault("${ADAOS_YJS_LOAD_MARK_BLOCK_BPS:262144}")
        double block();
    }

    /** From which writes a second an owner is warned, slowed down, refused. */
    interface WritesPerSecond {
        @WithDefault("${ADAOS_YJS_LOAD_MARK_HIGH_WPS:8}")
        double high();

        @WithDefault("${ADAOS_YJS_LOAD_MARK_CRITICAL_WPS:32}")
        double critical();

        @WithDefault("${ADAOS_YJS_LOAD_MARK_BLOCK_WPS:64}")
        double block();
    }

    /** The marks of one owner; all of them are given. */
    interface OwnerMarks {
        Marks bytes();

        Marks writes();
    }

    /** Three rising marks. */
    interface Marks {
        double high();

        double critical();

        double block();
    }

    /** What the governor obeys. */
    default GovernanceSettings settings() {
        return new GovernanceSettings(enable(), failOpen(), GovernanceSettings.Limits.DEFAULT);
    }

    /** The marks of owners without marks of their own. */
    default PressureThresholds thresholds() {
        return new PressureThresholds(
                new PressureThresholds.Rate(bytes().high(), bytes().critical(), bytes().block()),
                new PressureThresholds.Rate(
                        writes().high(), writes().critical(), writes().block()),
                Duration.ofMillis(Math.round(pressureThrottleSec() * 1000)));
    }

    /** The marks of every owner. */
    default DeclaredBudgets budgets() {
        PressureThresholds common = thresholds();
        Map<OwnerId, PressureThresholds> own = new HashMap<>();
        owners().forEach((owner, marks) -> own.put(new OwnerId(owner), new PressureThresholds(
                rate(marks.bytes()), rate(marks.writes()), common.spacing())));
        return new DeclaredBudgets(common, own);
    }

    private static PressureThresholds.Rate rate(Marks marks) {
        return new PressureThresholds.Rate(marks.high(), marks.critical(), marks.block());
    }
}
