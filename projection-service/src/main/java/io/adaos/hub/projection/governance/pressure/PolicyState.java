package io.adaos.hub.projection.governance.pressure;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the hub does about the pressure of an owner; the order is that of severity. */
public enum PolicyState {
    /** Nothing. */
    OK,
    /** Shows it. */
    WARN,
    /** Keeps the newest values and writes them at a fixed pace. */
    THROTTLE,
    /** Refuses. */
    BLOCK;

    /** The word on the wire. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
