package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why an operation did not succeed.
 *
 * @param type stable machine word, e.g. {@code digest_mismatch}
 * @param message what happened, for people
 * @param remedy what to do about it
 * @param retryable the same request may succeed later
 * @param cause what brought it about, null when there is nothing below it
 * @param details facts for programs, such as {@code rolled_back_to}; null without any
 */
public record OperationError(
        String type,
        String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) String remedy,
        boolean retryable,
        @JsonInclude(JsonInclude.Include.NON_NULL) Cause cause,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> details) {
    public OperationError {
        details = details == null
                ? null : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }


    /** An error with nothing below it. */
    public OperationError(String type, String message, String remedy, boolean retryable) {
        this(type, message, remedy, retryable, null, null);
    }

    /** The same error, brought about by this. */
    public OperationError because(Cause known) {
        return new OperationError(type, message, remedy, retryable, known, details);
    }

    /** The same error with these facts. */
    public OperationError with(Map<String, Object> facts) {
        return new OperationError(type, message, remedy, retryable, cause, facts);
    }

    /**
     * What brought a failure about, one level below the error itself.
     *
     * @param type stable machine word, such as the type of a child's error
     * @param message what was said there
     */
    public record Cause(String type, String message) {
    }
}
