package io.adaos.hub.operations.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.operation.OperationError;

/** How a piece of work ended. */
public sealed interface WorkOutcome {

    /** Done; the result has the shape its task demands. */
    record Succeeded(JsonNode result) implements WorkOutcome {
    }

    /** Not done, or not known to be. */
    record Failed(OperationError error) implements WorkOutcome {
    }
}
