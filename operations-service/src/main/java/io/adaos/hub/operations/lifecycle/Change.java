package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event for an operation, and what has to be committed with it.
 *
 * @param fence the lease token of the worker that speaks; empty for requests and the reaper
 * @param checkpoint replaces the operation's checkpoint
 * @param also is written with the new state; of events that end an operation, with the end alone
 * @param pause the worker gives its lease back
 * @param takeBackDue what a run may have begun is still to be taken back
 */
public record Change(
        OperationId operationId,
        OperationEvent event,
        OptionalLong fence,
        Optional<Map<String, Object>> checkpoint,
        PgOutcomeStep also,
        Optional<Pause> pause,
        boolean takeBackDue) {

    /** An event from outside the work itself. */
    public static Change of(OperationId operationId, OperationEvent event) {
        return new Change(operationId, event, OptionalLong.empty(), Optional.empty(),
                PgOutcomeStep.NONE, Optional.empty(), false);
    }

    /** An event from the worker that holds the lease with this token. */
    public static Change fenced(OperationId operationId, OperationEvent event, long token) {
        return new Change(operationId, event, OptionalLong.of(token), Optional.empty(),
                PgOutcomeStep.NONE, Optional.empty(), false);
    }

    /** The same change, with a new checkpoint. */
    public Change keeping(Map<String, Object> newCheckpoint) {
        return new Change(operationId, event, fence, Optional.of(newCheckpoint), also, pause,
                takeBackDue);
    }

    /** The same change, with something that must be committed with it. */
    public Change with(PgOutcomeStep step) {
        return new Change(operationId, event, fence, checkpoint, step, pause, takeBackDue);
    }

    /** The same change, with which the worker gives its lease back. */
    public Change leaving(Pause newPause) {
        return new Change(operationId, event, fence, checkpoint, also, Optional.of(newPause),
                takeBackDue);
    }

    /** The same change, after which somebody has to take back what was begun. */
    public Change takingBackLater() {
        return new Change(operationId, event, fence, checkpoint, also, pause, true);
    }
}
