package io.adaos.hub.operations.operationlog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a line matters. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException there is no such level */
    @JsonCreator
    public static LogLevel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
