package io.adaos.hub.contracts.notification;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How loud a notification is. */
public enum NotificationLevel {
    SUCCESS,
    WARNING,
    ERROR;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static NotificationLevel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
