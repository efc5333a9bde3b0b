package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import java.util.List;
import java.util.Optional;

/**
 * A command, who gives it, and how it is told apart from a repetition of itself.
 *
 * @param correlationId ties the operation's events to the request
 * @param key present when the client sent an {@code Idempotency-Key}
 * @param parent the operation that needs this one; empty for what people and services ask for
 * @param steps the plan of the command's kind
 */
public record Submission(
        OperationCommand command, Initiator initiator, String correlationId, Optional<Key> key,
        Optional<OperationId> parent, List<OperationPlan.Step> steps) {

    /** What somebody asks for. */
    public Submission(OperationCommand command, Initiator initiator, String correlationId,
            Optional<Key> key) {
        this(command, initiator, correlationId, key, Optional.empty(), List.of());
    }

    /** What an operation needs. */
    public Submission under(OperationId needing) {
        return new Submission(
                command, initiator, correlationId, key, Optional.of(needing), steps);
    }

    /** The same, with the plan of its kind. */
    public Submission planned(List<OperationPlan.Step> kindSteps) {
        return new Submission(command, initiator, correlationId, key, parent, kindSteps);
    }

    /** An idempotency key within its scope: who sent it, and to which endpoint. */
    public record Key(String subject, String method, String path, String value) {
    }
}
