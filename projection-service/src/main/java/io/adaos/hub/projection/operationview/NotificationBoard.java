package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.OperationNotification;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The newest notifications of one webspace. */
final class NotificationBoard {

    private static final Comparator<OperationNotification> OLDEST_FIRST =
            Comparator.comparing(OperationNotification::ts)
                    .thenComparing(OperationNotification::id);

    private final int shownMax;
    private final TreeSet<OperationNotification> shown = new TreeSet<>(OLDEST_FIRST);
    private final Set<String> ids = new HashSet<>();

    /** @param shownMax notifications that stay */
    NotificationBoard(int shownMax) {
        this.shownMax = shownMax;
    }

    /** All that is shown, newest last. */
    List<OperationNotification> notifications() {
        return List.copyOf(shown);
    }

    /** Takes a notification in; false when it is shown already. */
    boolean accept(OperationNotification notification) {
        if (!ids.add(notification.id())) {
            return false;
        }
        shown.add(notification);
        while (shown.size() > shownMax) {
            ids.remove(shown.pollFirst().id());
        }
        return true;
    }

    /** Shows exactly these; the newest of them stay. */
    void replace(Collection<OperationNotification> notifications) {
        shown.clear();
        ids.clear();
        notifications.forEach(this::accept);
    }
}
