package io.adaos.hub.projection.governance.evidence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a write was warned of, deferred or refused. */
public enum WriteReason {
    /** Too many bytes or writes a second. */
    WRITE_AMPLIFICATION,
    /** A direct write replaces or deletes a broad branch. */
    BROAD_BRANCH_REWRITE,
    /** The same large value again and again. */
    REPEATED_RESEED,
    /** As much is pending as may be. */
    PENDING_LIMIT,
    /** The branch belongs to somebody else. */
    WRONG_OWNER,
    /** Not below a declared path. */
    PATH_NOT_ALLOWED,
    /** Larger than its rule allows. */
    PAYLOAD_BUDGET_EXCEEDED,
    /** Not JSON within the limits, or not an update. */
    VALUE_INVALID,
    /** There is no such webspace. */
    WEBSPACE_UNKNOWN,
    /** The owner's queue of the room is full. */
    MAILBOX_FULL,
    /** The log takes nothing at the moment. */
    STORE_UNAVAILABLE,
    /** The policy could not be evaluated. */
    POLICY_UNAVAILABLE,
    /** A skill writes raw updates, which it should not; allowed for the time being. */
    DEPRECATED_DIRECT_SKILL_YJS_WRITE;

    /** The word on the wire. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
