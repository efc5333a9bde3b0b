package io.adaos.hub.projection.stream;

/** What became of a publication. */
public sealed interface PublishOutcome {

    /** It went to so many readers. */
    record Published(int receivers) implements PublishOutcome {
    }

    /** Readers have it already, or will. */
    record Unchanged() implements PublishOutcome {
    }

    /** It goes out then, unless a newer one comes. */
    record Coalesced(long sentInMillis) implements PublishOutcome {
    }
}
