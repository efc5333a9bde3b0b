package io.adaos.hub.projection.write;

import io.adaos.hub.contracts.error.HubErrorCode;

/** How far a write got. */
public sealed interface WriteReceipt {

    /** The log holds it, as this generation. */
    record Applied(long generation) implements WriteReceipt {
    }

    /** The document was so already; the newest generation. */
    record Unchanged(long generation) implements WriteReceipt {
    }

    /** Nothing was changed. */
    record Refused(HubErrorCode reason, String detail) implements WriteReceipt {
    }
}
