package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.operation.OperationInput;
import java.time.Duration;
import java.util.List;

/**
 * A question to a person.
 *
 * @param name tells the questions of one operation apart
 * @param within no answer is taken later; the operation's deadline may come before
 * @param fallback the answer when none has come in time; null: the operation fails then
 */
public record InputRequest(
        String name, String prompt, List<OperationInput.Choice> choices, Duration within,
        String fallback) {
    public InputRequest {
        choices = List.copyOf(choices);
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("a time is positive: " + within);
        }
        if (fallback != null && choices.stream().noneMatch(one -> one.value().equals(fallback))) {
            throw new IllegalArgumentException("the fallback is one of the choices: " + fallback);
        }
    }
}
