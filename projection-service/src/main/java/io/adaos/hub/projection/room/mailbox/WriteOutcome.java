package io.adaos.hub.projection.room.mailbox;

import java.util.List;

/** What became of a write that was offered to a room. */
public sealed interface WriteOutcome {

    /**
     * The document has changed, and the log holds the change as this generation.
     *
     * @param changed for each write in order the size of what it changed: leaves as JSON with their
     *     paths, or the raw update; 0 when the document already was so
     */
    record Applied(long generation, List<Long> changed) implements WriteOutcome {
        public Applied {
            changed = List.copyOf(changed);
        }
    }

    /** The document already was so; the newest generation. */
    record Unchanged(long generation) implements WriteOutcome {
    }

    /** Nothing was changed. */
    record Refused(Reason reason, String detail) implements WriteOutcome {
    }

    /** Why a room refuses a write. */
    enum Reason {
        /** Too many writes wait. */
        MAILBOX_FULL,
        /** The log cannot be written at the moment. */
        STORE_UNAVAILABLE,
        /** The room has ended; another one will take writes soon. */
        ROOM_CLOSED,
        /** The update would bring something new, and its sender does not let it in. */
        NOT_ALLOWED,
        /** The bytes are no update. */
        MALFORMED,
        /** The update builds on something the document does not know. */
        GAP
    }
}
