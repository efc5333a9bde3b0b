package io.adaos.hub.contracts.operation;

import io.adaos.hub.contracts.id.OperationId;

/**
 * The 202 body: the operation's row is committed; nothing is said yet about its effect.
 *
 * @param joined an identical request was under way, this is its operation
 */
public record AcceptedOperation(
        OperationId operationId, OperationStatus status, boolean joined, OperationState operation) {

    /** The answer for a fresh or a joined operation. */
    public static AcceptedOperation of(OperationState operation, boolean joined) {
        return new AcceptedOperation(
                operation.operationId(), operation.status(), joined, operation);
    }
}
