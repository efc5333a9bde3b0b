package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationTransitions;
import java.time.Duration;

/**
 * An operation that is not stored yet.
 *
 * @param deadline from acceptance, or from its turn, to its end
 */
record Newcomer(
        OperationState state, OperationCommand command, String correlationId, Duration deadline) {

    private static final Duration DEADLINE_IN_LINE = Duration.ofHours(1);

    Newcomer inLineBehind(OperationState holder) {
        return new Newcomer(
                OperationTransitions.inLine(state, holder), command, correlationId, deadline);
    }

    /** From now on, in line or not. */
    Duration deadlineNow() {
        return state.status() == OperationStatus.QUEUED ? DEADLINE_IN_LINE : deadline;
    }
}
