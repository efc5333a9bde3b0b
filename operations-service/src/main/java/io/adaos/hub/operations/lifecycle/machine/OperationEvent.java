package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationInput;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What may happen to an operation. Sealed: a new kind of event is a deliberate change. */
public sealed interface OperationEvent {

    /** Whoever had the target is done; it is this operation's turn. */
    record Promoted() implements OperationEvent {
    }

    /** A runner has begun, or has taken up again what another one left. */
    record Started() implements OperationEvent {
    }

    /**
     * Work went on.
     *
     * @param progress 0 to 100; the operation's never goes down
     * @param step name of the step at hand; a step of the plan before it is not gone back to
     * @param canCancel whether the step may still be cancelled
     * @param binding something is committed with it, so it is a change in any case
     */
    record Progressed(
            int progress, String step, String message, boolean canCancel, boolean binding)
            implements OperationEvent {
        public Progressed {
            if (progress < 0 || progress > 100) {
                throw new IllegalArgumentException("progress out of range: " + progress);
            }
            Objects.requireNonNull(step);
            Objects.requireNonNull(message);
        }

        /** A word that nothing hangs on. */
        public Progressed(int progress, String step, String message, boolean canCancel) {
            this(progress, step, message, canCancel, false);
        }
    }

    /** Something it needs is away for the moment; it goes on by itself later. */
    record Postponed(String message) implements OperationEvent {
    }

    /** It waits for something else to happen, and nobody works on it meanwhile. */
    record Parked(String message) implements OperationEvent {
    }

    /** It cannot go on before a person has answered. */
    record InputRequested(OperationInput input, Question question) implements OperationEvent {
    }

    /** A person has answered. */
    record InputGiven(String value, Initiator by) implements OperationEvent {
    }

    /** Nobody has answered in time: it goes on with the fallback, or fails without one. */
    record InputExpired(Optional<String> fallback) implements OperationEvent {
    }

    /** Somebody wants it to end without effect. */
    record CancelRequested(Initiator by) implements OperationEvent {
    }

    /** The runner has stopped and taken back what it had begun. */
    record CancelCompleted() implements OperationEvent {
    }

    /** It has done what was asked. */
    record Succeeded(String message, Map<String, Object> result) implements OperationEvent {
    }

    /** It ended without effect. */
    record Failed(OperationError error) implements OperationEvent {
    }

    /** It was broken off too often to be taken up again; a person decides. */
    record Interrupted(OperationError error) implements OperationEvent {
    }

    /** Another operation repeats this ended one, so this one cannot be retried again. */
    record RetryLinked() implements OperationEvent {
    }
}
