package io.adaos.hub.projection.gateway;

/**
 * What sockets may say about who is there.
 *
 * @param idsMax client ids one socket may hold
 * @param stateBytesMax bytes of one client's state
 * @param totalBytesMax bytes of all states in one webspace
 * @param changesPerSecondMax how often a second what one socket says is passed on
 */
record PresenceLimits(
        int idsMax, int stateBytesMax, int totalBytesMax, int changesPerSecondMax) {

    /** The limits of production. */
    static final PresenceLimits DEFAULT = new PresenceLimits(16, 4 << 10, 1 << 20, 20);
}
