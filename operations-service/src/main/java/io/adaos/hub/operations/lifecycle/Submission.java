package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import java.util.Optional;

/**
 * A command, who gives it, and how it is told apart from a repetition of itself.
 *
 * @param correlationId ties the operation's events to the request
 * @param key present when the client sent an {@code Idempotency-Key}
 */
public record Submission(
        OperationCommand command, Initiator initiator, String correlationId, Optional<Key> key) {

    /** An idempotency key within its scope: who sent it, and to which endpoint. */
    public record Key(String subject, String method, String path, String value) {
    }
}
