package io.adaos.hub.contracts.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A constant of a closed list: on the wire its name in lower case, and no other word is read. */
public interface WireWord {

    /** The constant's name. */
    String name();

    /** The word on the wire; overridden so that the description of the interface finds it. */
    @JsonValue
    default String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
