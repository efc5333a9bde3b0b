package io.adaos.hub.contracts.projection;

import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The branch {@code runtime} as it stands in the document of a webspace. */
public record RuntimeBranch(Operations operations, List<OperationNotification> notifications) {

    public RuntimeBranch {
        notifications = List.copyOf(notifications);
    }

    /** Operations by id; {@code order} and {@code active} list ids, oldest first. */
    public record Operations(
            Map<String, OperationState> byId, List<String> order, List<String> active) {
        public Operations {
            byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
            order = List.copyOf(order);
            active = List.copyOf(active);
        }
    }
}
