package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What an operation does, {@code <target>.<verb>}: {@code skill.install}, {@code registry.sync}. */
public record OperationKind(@JsonValue String value) {

    public static final OperationKind SKILL_INSTALL = new OperationKind("skill.install");
    public static final OperationKind SCENARIO_INSTALL = new OperationKind("scenario.install");

    private static final Pattern LEGAL = Pattern.compile("[a-z][a-z_]{0,31}\\.[a-z][a-z_]{0,31}");

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
