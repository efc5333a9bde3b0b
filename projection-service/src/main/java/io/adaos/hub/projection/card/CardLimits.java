package io.adaos.hub.projection.card;

/**
 * How much the registry keeps and takes.
 *
 * @param cards of everybody
 * @param bytes of everybody's cards together
 * @param cardsOfOwner of one owner
 * @param claimsPerSecond of one owner, changed or not
 * @param keptStaleMillis how long a stale card can still be listed
 */
record CardLimits(int cards, long bytes, int cardsOfOwner, int claimsPerSecond,
        long keptStaleMillis) {

    static final CardLimits DEFAULT = new CardLimits(10_000, 32L << 20, 256, 50, 3_600_000);
}
