package io.adaos.hub.operations.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationComposerTest {

    private static final Instant END = Instant.parse("2026-04-07T12:00:12Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "skill.install     | succeeded   | success | Skill weather installed",
        "skill.install     | failed      | error   | Skill weather not installed: It broke",
        "scenario.update   | cancelled   | warning | Scenario weather not updated: cancelled",
        "skill.uninstall   | recoverable | warning "
                + "| Skill weather not uninstalled: interrupted; it can be retried",
        "hub.diagnose      | succeeded   | success | Hub weather: diagnose done",
        "hub.diagnose      | failed      | error   | Hub weather: diagnose failed: It broke"})
    void outcome_isToldInOneSentence(String kind, String status, String level, String message) {
        // Given
        OperationState ended = ended(kind, OperationStatus.of(status));

        // When
        OperationNotification notification = NotificationComposer.compose(ended);

        // Then
        assertEquals("notif:op_1:" + level, notification.id());
        assertEquals(NotificationLevel.of(level), notification.level());
        assertEquals(message, notification.message());
        assertEquals(END, notification.ts());
        assertEquals(ended.operationId(), notification.operationId());
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "QUEUED", "RUNNING", "WAITING_INPUT", "CANCELLING"})
    void operationThatHasNotEnded_hasNoNotification(OperationStatus status) {
        // Given
        OperationState active = ended("skill.install", status);

        // When
        Throwable refusal = assertThrows(IllegalArgumentException.class,
                () -> NotificationComposer.compose(active));

        // Then
        assertEquals("has not ended: " + status, refusal.getMessage());
    }

    private static OperationState ended(String kind, OperationStatus status) {
        return new OperationState(new OperationId("op_1"), new OperationKind(kind),
                kind.substring(0, kind.indexOf('.')), "weather", status, 40, "Message", "fetch",
                END, END, END, null, new OperationError("broken", "It broke", null, true),
                new Initiator("user", "anna"), List.of("global"), false, true, null, 1,
                WebspaceId.DESKTOP, NodeId.HUB, null, null, null, 0, null, 4);
    }
}
