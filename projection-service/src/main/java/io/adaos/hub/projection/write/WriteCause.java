package io.adaos.hub.projection.write;

import java.util.Locale;

/** Why a write is made; set where it is made and never parsed from names. */
public enum WriteCause {
    /** Operations and notifications as the hub knows them. */
    OPERATION_VIEW;

    /** The word in evidence, counters and events. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
