package io.adaos.hub.projection.governance;

import io.adaos.hub.projection.governance.evidence.WriteEvidence;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import java.util.Optional;

/** What the governor says about one write. A refusal is an answer, not an exception. */
public sealed interface GovernanceDecision {

    /** Why. */
    WriteEvidence evidence();

    /** Write it, and settle the ticket. */
    sealed interface Permit extends GovernanceDecision {

        WriteTicket ticket();
    }

    /** All is well. */
    record Allow(WriteEvidence evidence, WriteTicket ticket) implements Permit {
    }

    /** Goes through, and is shown to operators. */
    record Warn(WriteEvidence evidence, WriteTicket ticket) implements Permit {
    }

    /**
     * It waits; the governor has it, and a flush will bring it.
     *
     * @param replaced the value that waited before and will never be written by itself
     * @param flushAt when the next flush of this owner is due at the earliest
     */
    record Throttle(WriteEvidence evidence, Optional<PendingValue> replaced, long flushAt)
            implements GovernanceDecision {
    }

    /**
     * It is not written.
     *
     * @param observed the rate, or whatever the limit is about
     * @param limit what was passed; 0 when there is no number
     * @param retryAfterMillis when the same write may pass at the earliest; 0: not by waiting
     */
    record Refuse(WriteEvidence evidence, double observed, double limit, long retryAfterMillis)
            implements GovernanceDecision {

        /** The code of the refusal. */
        public WriteReason reason() {
            return evidence.reason();
        }
    }
}
