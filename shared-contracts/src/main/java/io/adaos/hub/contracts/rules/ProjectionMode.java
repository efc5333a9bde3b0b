package io.adaos.hub.contracts.rules;

import java.util.Locale;
import java.util.Optional;

/** How a written value meets what is at its path. */
public enum ProjectionMode {
    /** Afterwards the path holds exactly the value. */
    REPLACE,
    /** Members the value does not name stay. */
    MERGE,
    /** Lists are compared item by item. */
    LIST;

    /** The word in a manifest. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word of a manifest. */
    public static Optional<ProjectionMode> parse(String word) {
        for (ProjectionMode mode : values()) {
            if (mode.wire().equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
