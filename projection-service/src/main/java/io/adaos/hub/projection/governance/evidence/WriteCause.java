package io.adaos.hub.projection.governance.evidence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a write is made; set where it is made and never parsed from names. */
public enum WriteCause {
    /** A skill or scenario writes a declared slot. */
    SKILL_PROJECTION,
    /** A stream leaves its newest state for the first paint. */
    STREAM_SNAPSHOT,
    /** The hub builds a branch anew. */
    CORE_REBUILD,
    /** A gateway brings what was written while it was away. */
    GATEWAY_REPLAY,
    /** The hub mends a live document. */
    LIVE_ROOM_REPAIR,
    /** Operations and notifications as the hub knows them. */
    OPERATION_VIEW,
    /** A raw update of a Yjs client. */
    DIRECT_WRITE;

    /** The word in evidence, counters and events. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
