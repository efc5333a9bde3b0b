package io.adaos.hub.bench.crdt;

/**
 * A hostile input at one size on both sides, and four times as large on ours.
 *
 * @param larger ours at four times the size; linear cost makes it four times as long
 */
record HostileRow(String input, int n, Run ours, Run larger,
        Run yjs) {
    /** How much larger the larger input is. */
    static final int FACTOR = 4;

    /** Cost beyond this multiple of what linear cost would be is called out. */
    static final double GROWTH_MAX = 2.5 * FACTOR;

    double growth() {
        return larger.ms() / ours.ms();
    }

    boolean sameBytes() {
        return ours.sha().equals(yjs.sha());
    }

    boolean missed() {
        return growth() > GROWTH_MAX || !sameBytes();
    }

    /**
     * What one run of a hostile input showed.
     *
     * @param ms time
     * @param inputBytes size of the updates
     * @param sha SHA-256 of what came out
     */
    record Run(double ms, long inputBytes, String sha) {}
}
