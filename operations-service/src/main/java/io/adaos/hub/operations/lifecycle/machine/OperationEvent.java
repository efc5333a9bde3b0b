package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationError;
import java.util.Map;
import java.util.Objects;

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
     * @param step name of the step at hand
     * @param canCancel whether the step may still be cancelled
     */
    record Progressed(int progress, String step, String message, boolean canCancel)
            implements OperationEvent {
        public Progressed {
            if (progress < 0 || progress > 100) {
                throw new IllegalArgumentException("progress out of range: " + progress);
            }
            Objects.requireNonNull(step);
            Objects.requireNonNull(message);
        }
    }

    /** Something it needs is away for the moment; it goes on by itself later. */
    record Postponed(String message) implements OperationEvent {
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
