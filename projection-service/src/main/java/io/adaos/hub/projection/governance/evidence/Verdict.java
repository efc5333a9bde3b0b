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
    BLOCKED;

    /** The word on the wire, and the first one of the log line. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
