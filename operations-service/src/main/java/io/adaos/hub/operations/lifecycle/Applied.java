package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.machine.Transition;

/** What became of an event. */
public sealed interface Applied {

    /** The operation has this state; committed. */
    record Done(OperationState state) implements Applied {
    }

    /** The event does not fit; nothing changed. */
    record Refused(Transition.Refused why) implements Applied {
    }

    /** The worker that sent it no longer has the lease; nothing changed. */
    record Fenced() implements Applied {
    }

    /** There is no such operation. */
    record Missing() implements Applied {
    }
}
