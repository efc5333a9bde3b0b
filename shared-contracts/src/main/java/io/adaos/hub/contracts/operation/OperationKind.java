package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What an operation does, {@code <target>.<verb>}, such as {@code skill.install}. */
public record OperationKind(@JsonValue String value) {

    private static final Pattern LEGAL = Pattern.compile("[a-z][a-z_]{0,31}\\.[a-z][a-z_]{0,31}");

    public static final OperationKind SKILL_INSTALL = new OperationKind("skill.install");
    public static final OperationKind SCENARIO_INSTALL = new OperationKind("scenario.install");

    @JsonCreator
    public OperationKind {
        if (value == null || !LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "operation kind must match " + LEGAL.pattern() + ", got '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
