package io.adaos.hub.projection.governance.evidence;

/**
 * What became of the writes of an owner since the process began. Always
 * {@code attempted = applied + coalesced + refused + pending + inProgress}.
 *
 * @param attemptedTotal all writes but the unchanged ones and those without a rule
 * @param coalesced replaced by a newer one, or equal to the document when it was their turn
 * @param refused told so
 * @param pending deferred, and not yet written
 * @param inProgress allowed, and the room has not answered; 0 at any quiet moment
 * @param allowedTotal applied, at once or later
 * @param throttledTotal ever deferred
 * @param blockedTotal refused by the rate
 * @param unchanged equal to the document when compared
 * @param ruleMissing without a declared rule
 */
public record WriteCounters(long attemptedTotal, long applied, long coalesced, long refused,
        long pending, long inProgress, long allowedTotal, long throttledTotal, long blockedTotal,
        long unchanged, long ruleMissing) {

    /** Whether every attempted write is where it should be. */
    public boolean balances() {
        return attemptedTotal == applied + coalesced + refused + pending + inProgress;
    }
}
