package io.adaos.hub.projection.stream;

import io.adaos.hub.projection.stream.topic.SnapshotPolicy;
import java.util.Optional;

/** Where one stream is: what was sent last, what waits, and when that may go. */
final class StreamState {

    private Optional<Publication> kept = Optional.empty();
    private Optional<Publication> pending = Optional.empty();
    private long nextAtMillis;

    /** What readers have or will have. */
    Optional<Publication> newest(long keptSinceMillis) {
        return pending.isPresent() ? pending : kept(keptSinceMillis);
    }

    /** What was sent last, if that is not too long ago. */
    Optional<Publication> kept(long sinceMillis) {
        return kept.filter(value -> value.atMillis() >= sinceMillis);
    }

    Optional<Publication> pending() {
        return pending;
    }

    /** Milliseconds until something may be sent; 0 when it may now. */
    long waitAt(long nowMillis) {
        return Math.max(0, nextAtMillis - nowMillis);
    }

    void await(Publication publication) {
        pending = Optional.of(publication);
    }

    void sent(Publication publication, long nextMayBeAt) {
        pending = Optional.empty();
        kept = publication.policy().snapshots() == SnapshotPolicy.NONE
                ? Optional.empty() : Optional.of(publication);
        nextAtMillis = nextMayBeAt;
    }

    /** What waited is what readers have already. */
    void dropPending() {
        pending = Optional.empty();
    }

    int bytes() {
        return kept.map(Publication::bytes).orElse(0) + pending.map(Publication::bytes).orElse(0);
    }
}
