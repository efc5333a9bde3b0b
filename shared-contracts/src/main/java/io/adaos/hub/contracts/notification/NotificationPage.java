package io.adaos.hub.contracts.notification;

import java.util.List;

/** Recent notifications, oldest first, at one position of the service's events. */
public record NotificationPage(String epoch, long sequence, List<OperationNotification> items) {
    public NotificationPage {
        items = List.copyOf(items);
    }
}
