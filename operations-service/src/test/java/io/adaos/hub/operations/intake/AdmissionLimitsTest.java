package io.adaos.hub.operations.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationRequest;
import io.adaos.hub.operations.lifecycle.ActiveCounts;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.testing.OperationsBench;
import io.adaos.hub.operations.testing.ScriptedHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionLimitsTest {

    private static final AdmissionLimits LIMITS = new AdmissionLimits(10, 6, 4);

    @ParameterizedTest(name = "{0} of the initiator, {1} of the kind, {2} of others")
    @CsvSource({"0, 0, 0, false", "3, 2, 4, false", "4, 0, 0, true", "0, 6, 0, true",
        "0, 0, 10, true", "3, 3, 0, true"})
    void oneMore_isRefusedAtEachLimit(int ofInitiator, int ofKind, int others, boolean refused) {
        // Given
        ActiveCounts active = new ActiveCounts();
        active.add("skill.install", "user:anna", ofInitiator);
        active.add("skill.install", "user:bert", ofKind);
        active.add("scenario.install", "user:carl", others);

        // When
        Optional<String> refusal = LIMITS.refusal(active, "skill.install", "user:anna");

        // Then
        assertEquals(refused, refusal.isPresent(), () -> refusal.orElse("let in"));
    }

    @Test
    void intake_atTheLimit_refusesWithTheTimeToComeBack_andWritesNothing() {
        // Given
        try (OperationsBench bench = new OperationsBench()) {
            IntakeService intake = new IntakeService(
                    new OperationManager(bench.store, List.of(new ScriptedHandler(
                            "skill.test", ScriptedHandler::succeed).rules())),
                    new AdmissionLimits(10, 10, 2), () -> Set.of(NodeId.HUB));
            accept(bench, intake, "one");
            accept(bench, intake, "two");

            // When
            HubException refusal =
                    assertThrows(HubException.class, () -> accept(bench, intake, "three"));

            // Then
            assertEquals(HubErrorCode.TOO_MANY_OPERATIONS, refusal.code());
            assertTrue(refusal.retryAfter().isPresent());
            assertEquals(2, OperationsBench.await(bench.store.active()).total());
        }
    }

    private static void accept(OperationsBench bench, IntakeService intake, String target) {
        OperationsBench.await(intake.accept(
                new OperationRequest("skill.test", "skill", target, null, null, null, null, null,
                        null), "c", new Initiator("user", "anna"), Optional.empty()));
    }
}
