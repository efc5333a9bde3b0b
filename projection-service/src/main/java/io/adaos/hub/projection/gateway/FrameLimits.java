package io.adaos.hub.projection.gateway;

/**
 * What one socket may ask of the server. It is not read while a part of this waits, so that only
 * what was read by then can reach {@code waiting…Max}, which closes it.
 *
 * @param frameBytesMax bytes of one frame
 * @param presenceBytesMax bytes of one frame about presence
 * @param waitingFramesMax frames that have arrived and are not handled yet
 * @param waitingBytesMax bytes of these
 * @param earlyFramesMax frames that may come before the room is open
 * @param earlyBytesMax bytes of these
 */
record FrameLimits(
        int frameBytesMax, int presenceBytesMax, int waitingFramesMax, long waitingBytesMax,
        int earlyFramesMax, long earlyBytesMax) {

    FrameLimits {
        if (frameBytesMax < 1 || presenceBytesMax < 1 || waitingFramesMax < 1
                || earlyFramesMax < 1 || earlyBytesMax < 1
                || waitingBytesMax < frameBytesMax) {
            throw new IllegalArgumentException("frame limits do not fit together");
        }
    }

    /**
     * The limits that go with a largest frame. One read takes 64 KiB, which may hold 6,000 of the
     * smallest updates.
     */
    static FrameLimits of(int frameBytesMax) {
        return new FrameLimits(frameBytesMax, 64 << 10, 8_192,
                (2L << 20) + 2L * frameBytesMax, 64, 1 << 20);
    }
}
