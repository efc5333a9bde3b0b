package io.adaos.hub.runtime.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a reader stands among the facts it follows.
 *
 * @param epoch empty before the first list
 * @param sequence last fact applied
 * @param lastHeardAt when the state was last known to be current
 * @param gap something is known to be missing, so that all is listed again
 */
public record FollowState(
        Optional<String> epoch, long sequence, Freshness freshness, Optional<Instant> lastHeardAt,
        boolean gap) {

    /** Whether a list has been taken over since the start. */
    public boolean listed() {
        return epoch.isPresent();
    }
}
