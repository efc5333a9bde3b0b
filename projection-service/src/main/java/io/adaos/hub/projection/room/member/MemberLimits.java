package io.adaos.hub.projection.room.member;

import java.time.Duration;

/**
 * How far a reader may fall behind.
 *
 * @param inFlightBytesMax bytes handed to the socket and not taken by it yet
 * @param queuedBytesMax bytes waiting behind them; a single frame may be larger
 * @param resyncsMax fresh diffs within {@code resyncWindow}; one more closes the socket
 * @param stalledMax a member that takes nothing for this long is closed
 * @param behindMax so is one that acknowledges nothing for this long, having said it would
 */
public record MemberLimits(
        int inFlightBytesMax,
        int queuedBytesMax,
        int resyncsMax,
        Duration resyncWindow,
        Duration stalledMax,
        Duration behindMax) {

    /** The limits of production. */
    public static final MemberLimits DEFAULT = new MemberLimits(
            256 << 10, 2 << 20, 3,
            Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(10));

    public MemberLimits {
        if (inFlightBytesMax < 1 || queuedBytesMax < 1 || resyncsMax < 0) {
            throw new IllegalArgumentException("limits of a member must be positive");
        }
    }
}
