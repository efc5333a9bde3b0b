package io.adaos.hub.projection.stream.topic;

/** What somebody who subscribes is told of what was published before. */
public enum SnapshotPolicy {
    /** Nothing is kept. */
    NONE,
    /** The kept value; when there is none, the owner is asked. */
    WHEN_MISSING,
    /** The kept value, and the owner is asked for a newer one. */
    ON_SUBSCRIBE;

    /** The policy of a manifest's {@code snapshot_policy}; unknown words are the usual one. */
    public static SnapshotPolicy of(String word) {
        return switch (word) {
            case "none" -> NONE;
            case "on_subscribe" -> ON_SUBSCRIBE;
            default -> WHEN_MISSING;
        };
    }
}
