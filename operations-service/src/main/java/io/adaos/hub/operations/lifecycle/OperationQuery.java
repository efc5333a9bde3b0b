package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which operations to list, oldest first.
 *
 * @param statuses only these
 * @param after only those that arrived after this place, 0 for all
 * @param limit at most so many, 1 to 500
 */
public record OperationQuery(
        Optional<WebspaceId> webspace, Set<OperationStatus> statuses, long after, int limit) {

    /** Every status. */
    public static final Set<OperationStatus> ANY_STATUS = EnumSet.allOf(OperationStatus.class);

    public OperationQuery {
        statuses = Set.copyOf(statuses);
    }
}
