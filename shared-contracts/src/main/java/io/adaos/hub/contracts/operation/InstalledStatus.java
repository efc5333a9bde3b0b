package io.adaos.hub.contracts.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far an artifact on a node is: switched but not confirmed, or in use. */
public enum InstalledStatus {
    ACTIVATING,
    INSTALLED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static InstalledStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
