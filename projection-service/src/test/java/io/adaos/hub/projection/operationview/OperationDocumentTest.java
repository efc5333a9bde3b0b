package io.adaos.hub.projection.operationview;

import static io.adaos.hub.projection.operationview.Operations.operation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationDocumentTest {

    private static final OperationPlan PLAN = new OperationPlan(
            List.of(new OperationPlan.Step("fetch", 0, true),
                    new OperationPlan.Step("activate", 80, false)),
            1, Instant.parse("2026-01-01T00:01:00Z"), "activate");

    @Test
    void of_operationWithAPlan_isItsPlaceInItAndNoSteps() {
        // When
        Map<String, Object> shown = OperationDocument.of(with(PLAN, null, null, null));

        // Then
        assertEquals(1, shown.get("step_index"));
        assertEquals(2, shown.get("step_count"));
        assertEquals("activate", shown.get("too_late_since"));
        assertEquals("2026-01-01T00:01:00Z", shown.get("eta_at"));
        assertEquals("op_9", shown.get("parent_id"));
        assertFalse(shown.containsKey("plan"), shown.toString());
        assertFalse(shown.containsKey("priority"), shown.toString());
        assertNull(shown.get("error"));
    }

    @Test
    void of_question_isShownWithItsChoices() {
        // When
        Map<String, Object> shown = OperationDocument.of(with(null, null, null,
                new OperationInput("Really?", List.of(new OperationInput.Choice("keep", "Keep it")),
                        Instant.parse("2026-01-01T00:09:00Z"))));

        // Then
        assertEquals(Map.of("prompt", "Really?",
                "choices", List.of(Map.of("value", "keep", "label", "Keep it")),
                "expires_at", "2026-01-01T00:09:00Z"), shown.get("input"));
        assertFalse(shown.containsKey("step_count"), shown.toString());
    }

    @Test
    void of_failure_keepsTheRemedyAndLeavesTheCauseOut() {
        // When
        Map<?, ?> error = (Map<?, ?>) OperationDocument.of(with(null, new OperationError(
                "rules_not_confirmed", "It did not start", "Try again", true)
                .because(new OperationError.Cause("Timeout", "x".repeat(9_000)))
                .with(Map.of("rolled_back_to", "1.0.0")), null, null)).get("error");

        // Then
        assertEquals("Try again", error.get("remedy"));
        assertEquals(Map.of("rolled_back_to", "1.0.0"), error.get("details"));
        assertFalse(error.containsKey("cause"), error.toString());
    }

    @Test
    void of_largeResult_saysHowLargeItIs() {
        // When
        Map<String, Object> small = OperationDocument.of(
                with(null, null, Map.of("version", "1.0.0"), null));
        Map<String, Object> large = OperationDocument.of(
                with(null, null, Map.of("bundle", "x".repeat(5_000)), null));

        // Then
        assertEquals(Map.of("version", "1.0.0"), small.get("result"));
        assertEquals(Map.of("omitted_chars", 5_013), large.get("result"));
        assertTrue(large.toString().length() < 2_000, large.toString());
    }

    private static OperationState with(OperationPlan plan, OperationError error,
            Map<String, Object> result, OperationInput input) {
        OperationState one = operation(1, OperationStatus.RUNNING, 40, 3);
        return new OperationState(one.operationId(), one.kind(), one.targetKind(), one.targetId(),
                one.status(), one.progress(), one.message(), one.currentStep(), one.startedAt(),
                one.updatedAt(), null, result, error, one.initiator(), one.scope(), true, false,
                null, 1, one.webspaceId(), one.nodeId(), "1.2.0", plan, new OperationId("op_9"),
                5, input, one.revision());
    }
}
