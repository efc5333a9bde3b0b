package io.adaos.hub.operations.execution.lease;

import io.adaos.hub.operations.lifecycle.StoredOperation;
import java.time.Duration;

/**
 * The time-limited right of one runner to one operation.
 *
 * @param token rises with every change of hands; a write with an older one is refused
 * @param runs how often it was taken without ending or being given back, from 1
 * @param postponements how often it was put off because something was away
 * @param wakes how often it had been woken when it was taken
 * @param untilDeadline by the database's clock
 */
public record Lease(
        StoredOperation operation, long token, int runs, int postponements, long wakes,
        Duration untilDeadline) {

    /** The same lease of the operation in its new state. */
    Lease with(StoredOperation started) {
        return new Lease(started, token, runs, postponements, wakes, untilDeadline);
    }
}
