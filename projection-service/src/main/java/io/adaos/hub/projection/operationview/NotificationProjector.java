package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.util.List;

/** Plans {@code runtime/notifications}: plain objects, newest last; touches nothing. */
final class NotificationProjector {

    private static final List<String> NOTIFICATIONS = List.of("runtime", "notifications");

    private NotificationProjector() {
    }

    /** Shows these notifications. */
    static ProjectionWrite all(List<OperationNotification> notifications) {
        return new ProjectionWrite.Items(NOTIFICATIONS,
                notifications.stream().<Object>map(DocumentJson::of).toList());
    }
}
