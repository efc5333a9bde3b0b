package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An operation with what only this service needs to know.
 *
 * @param checkpoint what its handler has decided for good, such as the resolved version
 */
public record StoredOperation(
        OperationState state,
        OperationCommand command,
        String correlationId,
        Map<String, Object> checkpoint) {
    public StoredOperation {
        checkpoint = Collections.unmodifiableMap(new LinkedHashMap<>(checkpoint));
    }
}
