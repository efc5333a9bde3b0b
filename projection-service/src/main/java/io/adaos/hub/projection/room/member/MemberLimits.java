package io.adaos.hub.projection.room.member;

import java.time.Duration;

/**
 * How far a reader may fall behind.
 *
 * @param inFlightBytesMax bytes handed to the socket and not taken by it yet
 * @param queuedBytesMax bytes waiting behind them; a single frame may be larger
 * @param resyncsMax fresh diffs within {@code resyncWindow}; one more closes the socket
 * @param stalledMax a member that takes nothing for this long is closed
 */
public record MemberLimits(
        int inFlightBytesMax,
        int queuedBytesMax,
        int resyncsMax,
        Duration resyncWindow,
        Duration stalledMax) {

    /** The limits of production. */
    public static final MemberLimits DEFAULT = new MemberLimits(
            256 << 10, 2 << 20, 3, Duration.ofSeconds(60), Duration.ofSeconds(30));

    public MemberLimits {
        if (inFlightBytesMax < 1 || queuedBytesMax < 1 || resyncsMax < 0) {
            throw new IllegalArgumentException("limits of a member must be positive");
        }
    }
}
