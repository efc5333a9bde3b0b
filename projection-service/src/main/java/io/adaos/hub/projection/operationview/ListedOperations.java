package io.adaos.hub.projection.operationview;

import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import java.util.List;

/** Everything operations-service knows, at one position of its facts. */
record ListedOperations(
        List<OperationState> operations, List<OperationNotification> notifications) {
    ListedOperations {
        operations = List.copyOf(operations);
        notifications = List.copyOf(notifications);
    }
}
