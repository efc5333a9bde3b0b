package io.adaos.hub.operations.execution;

import io.adaos.hub.operations.lifecycle.StoredOperation;
import java.time.Duration;

/**
 * The time-limited right of one runner to one operation.
 *
 * @param token rises with every change of hands; a write with an older one is refused
 * @param runs how often it was taken without ending or being given back, from 1
 * @param postponements how often it was put off because something was away
 * @param untilDeadline by the database's clock
 */
public record Lease(
        StoredOperation operation, long token, int runs, int postponements,
        Duration untilDeadline) {
}
