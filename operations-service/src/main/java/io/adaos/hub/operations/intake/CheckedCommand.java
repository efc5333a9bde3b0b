package io.adaos.hub.operations.intake;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import java.util.List;

/** A request after its check: a command, or everything that is wrong with it. */
sealed interface CheckedCommand {

    /** Every member is fine. */
    record Valid(OperationCommand command) implements CheckedCommand {
    }

    /** All faults, in the order of the members. */
    record Invalid(List<FieldProblem> problems) implements CheckedCommand {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
