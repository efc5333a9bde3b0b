package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one webspace should show, and when the next batch of writes is due. Times are milliseconds
 * of a clock that does not go back. Not thread-safe.
 */
final class WebspaceView {

    /*
     * Notes on the pace.
     *
     * A first appearance and a change of status are due at once; anything else of an operation when
     * its last write is 100 ms old, so that only the newest of many progress revisions is written.
     * Batches of a webspace start at least 50 ms apart and never overlap. After a failure the
     * document is compared as a whole, since it is not known what it holds. When there is no
     * such webspace it is tried again after a minute, and after twice as long each time.
     */

    private static final long OPERATION_PAUSE_MILLIS = 100;
    private static final long BATCH_PAUSE_MILLIS = 50;
    private static final long RETRY_PAUSE_MILLIS = 1_000;
    private static final long HOMELESS_PAUSE_MILLIS = 60_000;
    private static final long HOMELESS_PAUSE_MILLIS_MAX = 600_000;

    /** Ended operations one webspace shows. */
    static final int FINISHED_MAX = 20;

    /** Notifications one webspace shows. */
    static final int NOTIFICATIONS_MAX = 40;

    /** Nothing is due. */
    static final long NEVER = Long.MAX_VALUE;

    private final OperationBoard operations;
    private final NotificationBoard notifications;
    private final Map<OperationId, Long> due = new HashMap<>();
    private final Map<OperationId, Long> writtenAt = new HashMap<>();
    private boolean notificationsDue;
    private boolean allDue;
    private boolean underWay;
    private long nextBatchAt;
    private long homelessPause;

    WebspaceView() {
        this.operations = new OperationBoard(FINISHED_MAX);
        this.notifications = new NotificationBoard(NOTIFICATIONS_MAX);
    }

    /** Shows exactly these; the whole document is compared. */
    void replace(
            Collection<OperationState> listed, Collection<OperationNotification> notified) {
        operations.replace(listed);
        notifications.replace(notified);
        writtenAt.keySet().removeIf(id -> operations.find(id).isEmpty());
        allDue = true;
    }

    /** Compares the whole document once more. */
    void compareAll() {
        allDue = true;
    }

    /** One operation has a new revision. */
    void accept(OperationState operation, long nowMillis) {
        OperationId id = operation.operationId();
        Optional<OperationState> before = operations.find(id);
        if (!operations.accept(operation)) {
            return;
        }
        boolean urgent = before.isEmpty() || before.get().status() != operation.status();
        long at = urgent
                ? nowMillis
                : writtenAt.getOrDefault(id, Long.MIN_VALUE / 2) + OPERATION_PAUSE_MILLIS;
        due.merge(id, at, Math::min);
        operations.retire().forEach(retired -> due.put(retired, nowMillis));
    }

    /** There is something to tell people. */
    void accept(OperationNotification notification) {
        notificationsDue |= notifications.accept(notification);
    }

    /** When {@link #next} will have something, or {@link #NEVER}. */
    long dueAt() {
        if (underWay) {
            return NEVER;
        }
        long first = allDue || notificationsDue
                ? nextBatchAt
                : due.values().stream().mapToLong(Long::longValue).min().orElse(NEVER);
        return Math.max(first, nextBatchAt);
    }

    /** The batch that is due, which is under way until {@link #done}; empty when none is. */
    Optional<List<ProjectionWrite>> next(long nowMillis) {
        if (dueAt() > nowMillis) {
            return Optional.empty();
        }
        underWay = true;
        nextBatchAt = nowMillis + BATCH_PAUSE_MILLIS;
        List<ProjectionWrite> writes = new ArrayList<>();
        if (allDue) {
            due.keySet().forEach(id -> noteWritten(id, nowMillis));
            due.clear();
            writes.addAll(OperationProjector.all(operations));
        } else {
            writes.addAll(dueOperations(nowMillis));
        }
        if (allDue || notificationsDue) {
            writes.add(NotificationProjector.all(notifications.notifications()));
            writes.add(LegacyToastMirror.all(notifications.notifications()));
        }
        allDue = false;
        notificationsDue = false;
        return Optional.of(writes);
    }

    /** The batch has ended, and the document holds it or does not. */
    void done(boolean held, long nowMillis) {
        underWay = false;
        homelessPause = 0;
        if (!held) {
            allDue = true;
            nextBatchAt = nowMillis + RETRY_PAUSE_MILLIS;
        }
    }

    /** The batch has ended: there is no such webspace. */
    void homeless(long nowMillis) {
        underWay = false;
        allDue = true;
        homelessPause = homelessPause == 0
                ? HOMELESS_PAUSE_MILLIS
                : Math.min(2 * homelessPause, HOMELESS_PAUSE_MILLIS_MAX);
        nextBatchAt = nowMillis + homelessPause;
    }

    /** Whether the last batch found no webspace. */
    boolean isHomeless() {
        return homelessPause > 0;
    }

    /** Whether an operation here has not ended. */
    boolean hasActive() {
        return operations.hasActive();
    }

    private List<ProjectionWrite> dueOperations(long nowMillis) {
        Set<OperationId> ids = new HashSet<>();
        due.forEach((id, at) -> {
            if (at <= nowMillis) {
                ids.add(id);
            }
        });
        if (ids.isEmpty()) {
            return List.of();
        }
        ids.forEach(id -> {
            due.remove(id);
            noteWritten(id, nowMillis);
        });
        return OperationProjector.changed(operations, ids);
    }

    private void noteWritten(OperationId id, long nowMillis) {
        if (operations.find(id).isPresent()) {
            writtenAt.put(id, nowMillis);
        } else {
            writtenAt.remove(id);
        }
    }
}
