package io.adaos.hub.contracts.notification;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.time.Instant;

/** What a person should be told after an operation ended; exactly one per outcome. */
public record OperationNotification(
        String id,
        NotificationLevel level,
        String message,
        OperationId operationId,
        String targetKind,
        String targetId,
        WebspaceId webspaceId,
        Instant ts) {
}
