package io.adaos.hub.contracts.listing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationKind;

/**
 * What can be done with the artifact of a row on the chosen node, and why not.
 *
 * @param heldBy the operation under way on it, null when there is none; while there is one, nothing
 *     else is possible
 */
public record RowAffordances(
        Affordance install,
        Affordance update,
        Affordance uninstall,
        @JsonInclude(JsonInclude.Include.NON_NULL) Holder heldBy) {

    /** An operation that has a target for itself. */
    public record Holder(OperationId operationId, OperationKind kind) {
    }
}
