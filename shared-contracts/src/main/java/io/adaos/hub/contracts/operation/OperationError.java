package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Why an operation did not succeed.
 *
 * @param type stable machine word, e.g. {@code digest_mismatch}
 * @param message what happened, for people
 * @param remedy what to do about it
 * @param retryable the same request may succeed later
 */
public record OperationError(
        String type,
        String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) String remedy,
        boolean retryable) {
}
