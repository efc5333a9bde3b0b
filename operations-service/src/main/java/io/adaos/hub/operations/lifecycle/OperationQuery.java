package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which operations to list, in the order in which they arrived or the other way round.
 *
 * @param statuses only these
 * @param after only those that follow this place in the order asked for, 0 for all
 * @param limit at most so many, 1 to 500
 */
public record OperationQuery(
        Optional<WebspaceId> webspace, Set<OperationStatus> statuses, Order order, long after,
        int limit) {

    /** Every status. */
    public static final Set<OperationStatus> ANY_STATUS = EnumSet.allOf(OperationStatus.class);

    /** By arrival. */
    public enum Order {
        /** Oldest first. */
        ASC,
        /** Newest first. */
        DESC;

        /** The word of the query. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OperationQuery {
        statuses = Set.copyOf(statuses);
    }
}
