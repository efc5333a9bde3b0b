package io.adaos.hub.projection.card;

/**
 * What became of a claim.
 *
 * @param outcome {@code applied} or {@code unchanged}
 * @param level always {@code accepted}: a claim is held in memory and said again by its owner
 */
public record CardAnswer(String outcome, String level, StatusCard card) {

    private static final String ACCEPTED = "accepted";

    static CardAnswer applied(StatusCard card) {
        return new CardAnswer("applied", ACCEPTED, card);
    }

    static CardAnswer unchanged(StatusCard card) {
        return new CardAnswer("unchanged", ACCEPTED, card);
    }
}
