package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationLevel;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Operations and notifications for tests. */
final class Operations {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Operations() {
    }

    /** The same notification for another webspace. */
    static OperationNotification in(WebspaceId webspace, OperationNotification said) {
        return new OperationNotification(said.id() + "_" + webspace, said.level(), said.message(),
                said.operationId(), said.targetKind(), said.targetId(), webspace, said.ts(),
                said.readAt());
    }

    /** Operation number {@code n}, started n seconds after the first and updated with revisions. */
    static OperationState operation(int n, OperationStatus status, int progress, long revision) {
        Instant started = START.plusSeconds(n);
        Instant updated = started.plusMillis(revision);
        return new OperationState(new OperationId("op_" + n), OperationKind.SKILL_INSTALL,
                "skill", "skill_" + n, status, progress, "Working", "unpack", started, updated,
                status.isTerminal() ? updated : null,
                status == OperationStatus.SUCCEEDED ? Map.of("version", "1.0.0") : null,
                null, new Initiator("user", "anna"), List.of("global", "skill:skill_" + n),
                true, false, null, 1, WebspaceId.DESKTOP, NodeId.HUB, null, null, null, 0,
                null, revision);
    }

    /** Notification number {@code n}, n seconds after the first. */
    static OperationNotification notification(int n, NotificationLevel level) {
        return new OperationNotification("notif_" + n, level, "Skill " + n,
                new OperationId("op_" + n), "skill", "skill_" + n, WebspaceId.DESKTOP,
                START.plusSeconds(n), null);
    }
}
