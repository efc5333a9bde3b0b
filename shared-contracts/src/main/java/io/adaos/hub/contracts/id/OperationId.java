package io.adaos.hub.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Name of an operation, {@code op_} and up to 64 characters of {@code [A-Za-z0-9_-]}. */
public record OperationId(@JsonValue String value) {

    private static final Pattern LEGAL = Pattern.compile("op_[A-Za-z0-9_-]{1,64}");

    @JsonCreator
    public OperationId {
        if (value == null || !LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "operation id must match " + LEGAL.pattern() + ", got '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
