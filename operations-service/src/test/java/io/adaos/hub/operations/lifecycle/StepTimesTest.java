package io.adaos.hub.operations.lifecycle;

import static io.adaos.hub.operations.testing.OperationsBench.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.operations.testing.OperationsBench;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepTimesTest {

    private static final OperationKind KIND = OperationKind.SKILL_INSTALL;
    private static final OperationPlan PLAN = OperationPlan.ahead(List.of(
            new OperationPlan.Step("fetch", 10, true),
            new OperationPlan.Step("activate", 80, false)));

    @Test
    void stepThatWasNeverMeasured_leavesTheEndOpen() {
        // Given
        StepTimes times = new StepTimes();

        // When
        times.measured(KIND, "activate", Duration.ofSeconds(2));

        // Then
        assertEquals(Optional.empty(), times.from(KIND, PLAN, -1));
        assertEquals(Optional.of(Duration.ofSeconds(2)), times.from(KIND, PLAN, 1));
    }

    @Test
    void newestMeasurements_moveTheAverage() {
        // Given
        StepTimes times = new StepTimes();
        times.measured(KIND, "fetch", Duration.ofSeconds(1));
        times.measured(KIND, "activate", Duration.ofSeconds(10));

        // When
        times.measured(KIND, "fetch", Duration.ofSeconds(2));

        // Then
        assertEquals(Optional.of(Duration.ofMillis(11_200)), times.from(KIND, PLAN, -1));
    }

    @Test
    void whatWasKept_isKnownAfterARestart() {
        try (OperationsBench bench = new OperationsBench()) {
            // Given
            StepTimes before = new StepTimes();
            PgStepTimes kept = new PgStepTimes(bench.transactions, before);
            await(kept.keep());
            before.measured(KIND, "activate", Duration.ofSeconds(3));
            await(kept.keep());

            // When
            StepTimes after = new StepTimes();
            await(new PgStepTimes(bench.transactions, after).keep());

            // Then
            assertEquals(Optional.of(Duration.ofSeconds(3)), after.from(KIND, PLAN, 1));
        }
    }
}
