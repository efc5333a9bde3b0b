package io.adaos.hub.operations.notification;

import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.util.Locale;
import java.util.Map;

/** Tells people how an operation ended: ended state in, one notification out. */
public final class NotificationComposer {

    private static final Map<String, String> DONE = Map.of(
            "install", "installed", "update", "updated", "uninstall", "uninstalled");

    private NotificationComposer() {
    }

    /** The notification of this outcome; its id is made from the operation's and the level. */
    public static OperationNotification compose(OperationState ended) {
        NotificationLevel level = level(ended.status());
        return new OperationNotification(
                "notif:" + ended.operationId() + ':' + level.wire(), level, message(ended),
                ended.operationId(), ended.targetKind(), ended.targetId(), ended.webspaceId(),
                ended.finishedAt(), null);
    }

    private static NotificationLevel level(OperationStatus status) {
        return switch (status) {
            case SUCCEEDED -> NotificationLevel.SUCCESS;
            case FAILED -> NotificationLevel.ERROR;
            case CANCELLED, RECOVERABLE -> NotificationLevel.WARNING;
            case ACCEPTED, QUEUED, RUNNING, WAITING_INPUT, CANCELLING ->
                    throw new IllegalArgumentException("has not ended: " + status);
        };
    }

    private static String message(OperationState ended) {
        String target = capitalized(ended.targetKind()) + ' ' + ended.targetId();
        String verb = ended.kind().value().substring(ended.kind().value().indexOf('.') + 1);
        String done = DONE.get(verb);
        String subject = done == null ? target + ": " + verb : target;
        return switch (ended.status()) {
            case SUCCEEDED -> subject + ' ' + (done == null ? "done" : done);
            case FAILED -> subject + (done == null ? " failed: " : " not " + done + ": ")
                    + ended.error().message();
            case CANCELLED -> subject + (done == null ? " cancelled" : " not " + done
                    + ": cancelled");
            case RECOVERABLE -> subject + (done == null ? " interrupted" : " not " + done
                    + ": interrupted") + "; it can be retried";
            case ACCEPTED, QUEUED, RUNNING, WAITING_INPUT, CANCELLING ->
                    throw new IllegalArgumentException("has not ended: " + ended.status());
        };
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
