package io.adaos.hub.projection.crdt.codec;

/**
 * Limits on what one encoded value may ask of its reader; checked before memory is taken.
 *
 * @param updateBytesMax bytes of one update
 * @param structsMax structs in one update
 * @param clientsMax client entries in one update, delete set or state vector
 * @param deleteRangesMax deleted ranges in one update
 * @param stringBytesMax UTF-8 bytes of one string
 * @param depthMax nesting of arrays and objects inside one plain value, and of shared types
 */
public record DecodeLimits(
        int updateBytesMax,
        int structsMax,
        int clientsMax,
        int deleteRangesMax,
        int stringBytesMax,
        int depthMax) {

    /** What a live peer may send at once: 16 MiB in at most a million structs. */
    public static final DecodeLimits LIVE_PEER =
            new DecodeLimits(16 << 20, 1 << 20, 1 << 16, 1 << 20, 16 << 20, 128);

    /** Room for a whole document of 64 MiB. */
    public static final DecodeLimits DEFAULT =
            new DecodeLimits(64 << 20, 16 << 20, 1 << 20, 16 << 20, 64 << 20, 128);

    /** Deeper plain values would need more stack than a thread can be trusted to have. */
    private static final int DEPTH_CEILING = 512;

    /** All limits are positive; the depth is at most 512. */
    public DecodeLimits {
        if (updateBytesMax < 2 || structsMax < 1 || clientsMax < 1 || deleteRangesMax < 1
                || stringBytesMax < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (depthMax < 1 || depthMax > DEPTH_CEILING) {
            throw new IllegalArgumentException("depthMax must be 1.." + DEPTH_CEILING);
        }
    }
}
