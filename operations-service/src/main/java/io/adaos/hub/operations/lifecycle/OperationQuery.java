package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.OperationStatus;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which operations to list, in the order in which they arrived or the other way round.
 *
 * @param statuses only these
 * @param fields only those that have these values
 * @param after only those that follow this place in the order asked for, 0 for all
 * @param limit at most so many, 1 to 500
 */
public record OperationQuery(
        Optional<WebspaceId> webspace, Set<OperationStatus> statuses, Map<Field, String> fields,
        Order order, long after, int limit) {

    /** What else a list can be narrowed down to, by equality. */
    public enum Field {
        KIND, TARGET_KIND, TARGET_ID, NODE_ID, INITIATOR, PARENT_ID, RETRY_OF;

        /** The word of the query and of the column. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Every status. */
    public static final Set<OperationStatus> ANY_STATUS = EnumSet.allOf(OperationStatus.class);

    /** By arrival, or by end. */
    public enum Order {
        /** Oldest first. */
        ASC,
        /** Newest first. */
        DESC,
        /** What ended last first; those that have not ended are left out, and there is one page. */
        ENDED;

        /** The word of the query. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OperationQuery {
        statuses = Set.copyOf(statuses);
        fields = Map.copyOf(fields);
    }
}
