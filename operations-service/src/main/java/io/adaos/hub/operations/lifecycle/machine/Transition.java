package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.operation.OperationState;

/** What an event means for an operation in its state. */
public sealed interface Transition {

    /** The operation has a new state, one revision on. */
    record Moved(OperationState state) implements Transition {
    }

    /** The event says what is so already. */
    record Unchanged(OperationState state) implements Transition {
    }

    /** The event does not fit the state; nothing changes. */
    record Refused(OperationState state, HubErrorCode code, String detail)
            implements Transition {
    }
}
