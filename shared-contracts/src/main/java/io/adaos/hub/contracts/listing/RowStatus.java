package io.adaos.hub.contracts.listing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be done with a row on the chosen node. */
public enum RowStatus {
    INSTALLABLE,
    INSTALLED,
    UPDATE_AVAILABLE,
    BLOCKED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
