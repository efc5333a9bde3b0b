package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.operation.OperationKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The handlers by the kinds they work on. */
public final class HandlerRegistry {

    private final Map<OperationKind, OperationHandler> handlers = new HashMap<>();

    public HandlerRegistry(Collection<OperationHandler> all) {
        for (OperationHandler handler : all) {
            if (handlers.put(handler.rules().kind(), handler) != null) {
                throw new IllegalArgumentException("two handlers for " + handler.rules().kind());
            }
        }
    }

    Optional<OperationHandler> of(OperationKind kind) {
        return Optional.ofNullable(handlers.get(kind));
    }

    List<OperationHandler> all() {
        return List.copyOf(handlers.values());
    }
}
