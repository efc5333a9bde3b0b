package io.adaos.hub.projection.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.status.EpochSeconds;

/**
 * What the index has taken and refused since the service began.
 *
 * @param cardCount claims that are held, stale ones included
 * @param maxCardBytes what one card may have
 * @param maxCardBytesObserved what one claim would have had, refused ones included
 * @param lastOversizedCard for scope admin and for its owner; absent when there was none
 * @param staleCount claims whose time is over
 * @param derivedCardCount cards of the core, computed for this answer
 * @param lastPublishLatencyMs how long the newest claim took
 * @param lastChangedAt when a card last said something new; absent when none has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CardDiagnostics(
        int cardCount,
        long publishTotal,
        long changedTotal,
        long unchangedTotal,
        int maxCardBytes,
        long maxCardBytesObserved,
        long oversizedCardTotal,
        Oversized lastOversizedCard,
        int staleCount,
        int derivedCardCount,
        double lastPublishLatencyMs,
        EpochSeconds lastChangedAt) {

    /** A claim that was refused for its size. */
    public record Oversized(String id, OwnerId owner, long bytes, EpochSeconds at) {
    }

    /** With what the registry cannot know. */
    CardDiagnostics with(int derived, double publishMillis) {
        return new CardDiagnostics(cardCount, publishTotal, changedTotal, unchangedTotal,
                maxCardBytes, maxCardBytesObserved, oversizedCardTotal, lastOversizedCard,
                staleCount, derived, publishMillis, lastChangedAt);
    }

    /** As somebody sees it whom another owner's card does not concern. */
    CardDiagnostics seenBy(String subject) {
        boolean own = lastOversizedCard != null
                && lastOversizedCard.owner().value().equals(subject);
        return new CardDiagnostics(cardCount, publishTotal, changedTotal, unchangedTotal,
                maxCardBytes, maxCardBytesObserved, oversizedCardTotal,
                own ? lastOversizedCard : null, staleCount, derivedCardCount,
                lastPublishLatencyMs, lastChangedAt);
    }
}
