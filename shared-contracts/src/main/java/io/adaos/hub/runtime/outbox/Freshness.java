package io.adaos.hub.runtime.outbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How long ago a reader's state was last known to be current. */
public enum Freshness {
    /** Less than 5 s. */
    FRESH,
    /** Less than 15 s. */
    AGING,
    /** Longer, or never. */
    STALE;

    private static final long FRESH_MILLIS = 5_000;
    private static final long AGING_MILLIS = 15_000;

    /** The freshness of a state that was last confirmed that long ago. */
    static Freshness after(long millis) {
        if (millis < FRESH_MILLIS) {
            return FRESH;
        }
        return millis < AGING_MILLIS ? AGING : STALE;
    }

    /** This, but never better than that. */
    Freshness atBest(Freshness limit) {
        return compareTo(limit) < 0 ? limit : this;
    }

    /** The word on the wire. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
