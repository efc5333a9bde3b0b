package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.OperationNotification;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The newest notifications of one webspace. */
final class NotificationBoard {

    private static final Comparator<OperationNotification> OLDEST_FIRST =
            Comparator.comparing(OperationNotification::ts)
                    .thenComparing(OperationNotification::id);

    private final int shownMax;
    private final TreeSet<OperationNotification> shown = new TreeSet<>(OLDEST_FIRST);
    private final Map<String, OperationNotification> byId = new HashMap<>();

    /** @param shownMax notifications that stay */
    NotificationBoard(int shownMax) {
        this.shownMax = shownMax;
    }

    /** All that is shown, newest last. */
    List<OperationNotification> notifications() {
        return List.copyOf(shown);
    }

    /** Takes a notification in; false when it is shown already, read or unread as it is. */
    boolean accept(OperationNotification notification) {
        OperationNotification known = byId.get(notification.id());
        if (known != null && (known.equals(notification) || known.readAt() != null)) {
            return false;
        }
        if (known != null) {
            shown.remove(known);
        }
        byId.put(notification.id(), notification);
        shown.add(notification);
        while (shown.size() > shownMax) {
            byId.remove(shown.pollFirst().id());
        }
        return true;
    }

    /** Shows exactly these; the newest of them stay. */
    void replace(Collection<OperationNotification> notifications) {
        shown.clear();
        byId.clear();
        notifications.forEach(this::accept);
    }
}
