package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import java.util.List;

/**
 * What the documents show of operations-service, at one position of its facts.
 *
 * @param operations all that are active, and the newest of each webspace that have ended
 * @param notifications the newest of each webspace
 */
record ListedOperations(
        List<OperationState> operations, List<OperationNotification> notifications) {
    ListedOperations {
        operations = List.copyOf(operations);
        notifications = List.copyOf(notifications);
    }
}
