package io.adaos.hub.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Who a write is attributed to: {@code skill:<id>}, {@code user:<subject>}, {@code core:<part>},
 * {@code service:<name>} or {@code node:<id>}.
 */
public record OwnerId(@JsonValue String value) {

    private static final Pattern LEGAL =
            Pattern.compile("(skill|user|core|service|node):[A-Za-z0-9][A-Za-z0-9_.@/:-]{0,190}");

    @JsonCreator
    public OwnerId {
        if (value == null || !LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "owner must match " + LEGAL.pattern() + ", got '" + value + "'");
        }
    }

    /** Core owners are measured and reported, never refused. */
    public boolean isCore() {
        return value.startsWith("core:");
    }

    @Override
    public String toString() {
        return value;
    }
}
