package io.adaos.hub.contracts.operation;

import java.time.Instant;
import java.util.List;

/**
 * What an operation with status {@code waiting_input} wants to know.
 *
 * @param choices the answers that are taken; at least one
 * @param expiresAt no answer is taken later
 */
public record OperationInput(String prompt, List<Choice> choices, Instant expiresAt) {
    public OperationInput {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("a question has at least one answer");
        }
    }

    /** Whether this is one of the answers. */
    public boolean offers(String value) {
        return choices.stream().anyMatch(choice -> choice.value().equals(value));
    }

    /**
     * One answer a person may give.
     *
     * @param value what is sent
     * @param label what is shown
     */
    public record Choice(String value, String label) {
    }
}
