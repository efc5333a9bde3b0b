package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.projection.card.claim.CardClaim;
import io.adaos.hub.projection.card.claim.CardSeverity;
import io.adaos.hub.projection.card.claim.CardStatus;

/**
 * A claim as it is kept.
 *
 * @param fingerprint of the claim
 * @param bytes of the card at its longest
 * @param ttlMillis for how long it counts
 */
record HeldCard(CardClaim claim, String fingerprint, long version, long changedAtMillis,
        long updatedAtMillis, long ttlMillis, int bytes) {

    /** Room for what becomes longer while a card is held: its age, its version. */
    private static final int GROWTH_BYTES = 32;
    private static final String LONGEST_POLICY_STATE = "throttle";

    /** A card nobody had; its size is measured with all that can come to it. */
    static HeldCard first(CardClaim claim, long ttlMillis, long nowMillis) {
        HeldCard card = new HeldCard(
                claim, claim.fingerprint(), 1, nowMillis, nowMillis, ttlMillis, 0);
        return card.sized();
    }

    /** The same card after it was said again. */
    HeldCard again(HeldCard said) {
        boolean same = fingerprint.equals(said.fingerprint);
        return new HeldCard(said.claim, said.fingerprint, same ? version : version + 1,
                same ? changedAtMillis : said.updatedAtMillis, said.updatedAtMillis,
                said.ttlMillis, said.bytes);
    }

    boolean isStale(long nowMillis) {
        return nowMillis >= expiresAtMillis();
    }

    long expiresAtMillis() {
        return updatedAtMillis + ttlMillis;
    }

    /** Which pressure its owner stands under. */
    String guardRef() {
        return claim.webspaceId() + "/" + claim.owner();
    }

    /**
     * As clients see it now.
     *
     * @param policyState of that pressure; null when the owner has not pressed
     */
    StatusCard card(long nowMillis, String policyState) {
        boolean stale = isStale(nowMillis);
        return new StatusCard(StatusCard.SCHEMA, claim.id(), claim.owner(), claim.kind(),
                claim.scope(), stale ? CardStatus.UNKNOWN : claim.status(),
                stale ? CardSeverity.UNKNOWN : claim.severity(), claim.summary(),
                claim.webspaceId(), EpochSeconds.ofMillis(updatedAtMillis), ttlMillis,
                claim.incidentId(), version, fingerprint, EpochSeconds.ofMillis(changedAtMillis),
                claim.detailsRef(), claim.route(),
                guardRef(), policyState, claim.metadata(), stale,
                EpochSeconds.ofMillis(expiresAtMillis()),
                Math.max(0, nowMillis - updatedAtMillis) / 1_000.0);
    }

    private HeldCard sized() {
        return new HeldCard(claim, fingerprint, version, changedAtMillis, updatedAtMillis,
                ttlMillis, card(updatedAtMillis, LONGEST_POLICY_STATE).bytes() + GROWTH_BYTES);
    }
}
