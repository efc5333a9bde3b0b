package io.adaos.hub.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Name of a webspace: an access and projection context with one primary shared document.
 *
 * <p>Grammar {@code [A-Za-z0-9_-]{1,64}}. {@code default} is an old alias of {@code desktop}.
 */
public record WebspaceId(@JsonValue String value) {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public static final WebspaceId DESKTOP = new WebspaceId("desktop");

    public WebspaceId {
        if (value == null || !LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "webspace id must match " + LEGAL.pattern() + ", got '" + value + "'");
        }
    }

    /** Reads a name from outside; the old alias becomes the name it stands for. */
    @JsonCreator
    public static WebspaceId of(String value) {
        return "default".equals(value) ? DESKTOP : new WebspaceId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
