package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;

/**
 * The 202 body of a cancel.
 *
 * @param outcome {@code cancelled}, or {@code cancelling} while the runner still stops
 */
public record CancelAnswer(
        OperationId operationId, OperationStatus status, OperationStatus outcome,
        OperationState operation) {

    static CancelAnswer of(OperationState operation) {
        return new CancelAnswer(operation.operationId(), operation.status(), operation.status(),
                operation);
    }
}
