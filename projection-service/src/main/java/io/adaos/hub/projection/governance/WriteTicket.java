package io.adaos.hub.projection.governance;

import io.adaos.hub.projection.governance.evidence.WriteAttempt;

/** The permission to write once; it must be settled exactly once, whatever happens. */
public final class WriteTicket {

    final OwnerMeter meter;
    final WriteAttempt attempt;
    final long bucket;
    boolean settled;

    WriteTicket(OwnerMeter meter, WriteAttempt attempt, long bucket) {
        this.meter = meter;
        this.attempt = attempt;
        this.bucket = bucket;
    }
}
