package io.adaos.hub.projection.crdt;

/**
 * When the history of a branch outweighs its content. A branch that was just rotated never does.
 *
 * @param structsPerLive structs for each live value that are still in proportion, at least 1
 * @param structsMin a branch with no more structs is left alone
 */
public record RotationRule(int structsPerLive, int structsMin) {
    /** More than 4 structs for each live value, and more than 256. */
    public static final RotationRule DEFAULT = new RotationRule(4, 256);

    /** A rule under which rotating ends. */
    public RotationRule {
        if (structsPerLive < 1 || structsMin < 0) {
            throw new IllegalArgumentException(
                    "no rule: " + structsPerLive + ", " + structsMin);
        }
    }

    /** Whether such a history outweighs its content. */
    public boolean isDue(BranchHistory history) {
        return history.structs() > structsMin
                && history.structs() > structsPerLive * history.live();
    }
}
