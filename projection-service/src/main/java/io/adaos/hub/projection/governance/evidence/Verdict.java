package io.adaos.hub.projection.governance.evidence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a line of evidence tells. */
public enum Verdict {
    /** Went through, and should not do so often. */
    WARNED,
    /** Waits. */
    THROTTLED,
    /** Was refused. */
    BLOCKED,
    /** Was deferred, and could no longer be written when its time came. */
    PENDING_REFUSED;

    /** The word on the wire. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
