package io.adaos.hub.projection.governance;

import io.adaos.hub.projection.governance.evidence.WriteReason;

/** What the room did with a write that was allowed or flushed. */
public sealed interface Settlement {

    /**
     * The document has changed.
     *
     * @param changedBytes JSON size of the changed leaves with their paths; of a raw update its
     *     length
     */
    record Applied(long changedBytes, long generation) implements Settlement {
    }

    /** The document already was so. */
    record Unchanged() implements Settlement {
    }

    /** A later item of the same batch has the same path. */
    record Coalesced() implements Settlement {
    }

    /** Nothing was changed. */
    record Refused(WriteReason reason) implements Settlement {
    }

    /** Of a flush only: it could not be done now and is to be tried again. */
    record Postponed() implements Settlement {
    }
}
