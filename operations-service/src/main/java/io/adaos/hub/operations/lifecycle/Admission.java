package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.machine.Transition;

/** What became of a submission; everything but a refusal is committed. */
public sealed interface Admission {

    /** The operation exists now, accepted or in line. */
    record Admitted(OperationState operation) implements Admission {
    }

    /** An identical request is under way, or this very one was sent before. */
    record Joined(OperationState operation) implements Admission {
    }

    /** Another operation has the target. */
    record Busy(OperationState holder) implements Admission {
    }

    /** The idempotency key was used for a different request. */
    record KeyReused(String key) implements Admission {
    }

    /** The operation to repeat cannot be repeated. */
    record Refused(Transition.Refused why) implements Admission {
    }

    /** There is no such operation to repeat. */
    record Missing() implements Admission {
    }
}
