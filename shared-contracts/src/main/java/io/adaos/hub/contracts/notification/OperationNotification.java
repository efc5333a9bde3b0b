package io.adaos.hub.contracts.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import java.time.Instant;

/**
 * What a person should be told after an operation ended; exactly one per outcome.
 *
 * @param readAt when somebody said that it was read, absent before
 */
public record OperationNotification(
        String id,
        NotificationLevel level,
        String message,
        OperationId operationId,
        String targetKind,
        String targetId,
        WebspaceId webspaceId,
        Instant ts,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant readAt) {

    /** The same notification, read at this moment; the first moment counts. */
    public OperationNotification readAt(Instant moment) {
        return readAt != null ? this : new OperationNotification(id, level, message, operationId,
                targetKind, targetId, webspaceId, ts, moment);
    }
}
