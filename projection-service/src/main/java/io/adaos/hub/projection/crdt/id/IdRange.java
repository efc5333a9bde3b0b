package io.adaos.hub.projection.crdt.id;

/**
 * A run of units of one replica.
 *
 * @param clock the first unit
 * @param length how many units, at least 1
 */
public record IdRange(long clock, long length) {
    /** A range is never empty. */
    public IdRange {
        if (clock < 0 || length < 1) {
            throw new IllegalArgumentException("no range: " + clock + "+" + length);
        }
    }

    /** The first unit behind the range. */
    public long end() {
        return clock + length;
    }
}
