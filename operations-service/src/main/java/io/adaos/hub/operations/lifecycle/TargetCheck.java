package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.smallrye.mutiny.Uni;

/** Says quickly whether a command's target exists; never fails. */
@FunctionalInterface
public interface TargetCheck {

    /** What is known of the target. */
    enum Presence {
        KNOWN,
        UNKNOWN,
        /** Whoever knows cannot be asked now; the operation will find out. */
        NOT_ASKED
    }

    /** Asks for the target and the wanted version. */
    Uni<Presence> presence(OperationCommand command);
}
