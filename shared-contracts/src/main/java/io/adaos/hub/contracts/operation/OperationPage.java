package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A page of operations, oldest first, at one position of the service's events. */
public record OperationPage(
        String epoch,
        long sequence,
        List<OperationState> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {
    public OperationPage {
        items = List.copyOf(items);
    }
}
