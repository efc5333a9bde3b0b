package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.projection.LegacyToast;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.util.List;

/**
 * Plans {@code data/desktop/toasts}, a plain array, for clients that do not read notifications yet;
 * it goes when they have moved.
 */
final class LegacyToastMirror {

    private static final List<String> TOASTS = List.of("data", "desktop", "toasts");
    private static final String SOURCE = "operations";
    private static final int SHOWN_MAX = 20;

    private LegacyToastMirror() {
    }

    /** Shows the newest of these notifications, newest last. */
    static ProjectionWrite all(List<OperationNotification> notifications) {
        int from = Math.max(0, notifications.size() - SHOWN_MAX);
        return new ProjectionWrite.Put(TOASTS,
                notifications.subList(from, notifications.size()).stream()
                        .map(LegacyToastMirror::toast)
                        .map(DocumentJson::of)
                        .toList());
    }

    private static LegacyToast toast(OperationNotification notification) {
        return new LegacyToast(level(notification.level()), notification.message(),
                notification.operationId().value(), SOURCE, notification.ts());
    }

    private static String level(NotificationLevel level) {
        return switch (level) {
            case SUCCESS -> "success";
            case WARNING, ERROR -> "danger";
        };
    }
}
