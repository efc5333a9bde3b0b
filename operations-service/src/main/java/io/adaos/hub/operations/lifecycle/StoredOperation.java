package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.machine.Question;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An operation with what only this service needs to know.
 *
 * @param checkpoint what its handler has decided for good, such as the resolved version
 * @param answers what people have answered, by the names of the questions
 * @param question what it asks while it waits for input
 */
public record StoredOperation(
        OperationState state,
        OperationCommand command,
        String correlationId,
        Map<String, Object> checkpoint,
        Map<String, Object> answers,
        Optional<Question> question) {
    public StoredOperation {
        checkpoint = Collections.unmodifiableMap(new LinkedHashMap<>(checkpoint));
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** All answers once this event has happened; empty when it answers nothing. */
    public Optional<Map<String, Object>> answersAfter(OperationEvent event) {
        if (event instanceof OperationEvent.InputGiven given) {
            return Optional.of(answered(given.value(), given.by().kind() + ':' + given.by().id()));
        }
        if (event instanceof OperationEvent.InputExpired expired) {
            return expired.fallback().map(value -> answered(value, "nobody"));
        }
        return Optional.empty();
    }

    private Map<String, Object> answered(String value, String by) {
        Map<String, Object> all = new LinkedHashMap<>(answers);
        all.put(question.orElseThrow().name(), Map.of("value", value, "by", by));
        return all;
    }

    /** The same operation in another state. */
    public StoredOperation in(OperationState next) {
        return new StoredOperation(next, command, correlationId, checkpoint, answers, question);
    }
}
