package io.adaos.hub.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Name of a hub node, {@code [A-Za-z0-9][A-Za-z0-9_.-]{0,127}}; {@code hub} is the hub itself. */
public record NodeId(@JsonValue String value) {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    public static final NodeId HUB = new NodeId("hub");

    @JsonCreator
    public NodeId {
        if (value == null || !LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "node id must match " + LEGAL.pattern() + ", got '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
