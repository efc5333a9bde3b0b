package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.status.EpochSeconds;
import io.adaos.hub.runtime.http.Etags;
import java.util.List;

/**
 * The first cards of an answer, by id.
 *
 * @param total how many there are for the query
 * @param at when this was so
 */
public record CardPage(List<StatusCard> items, int total, int limit, EpochSeconds at,
        CardDiagnostics diagnostics) {

    /** Weak: times and counts of what did not change do not count. */
    String etag(String shape) {
        StringBuilder parts = new StringBuilder();
        items.forEach(card -> parts.append(card.id()).append(' ').append(card.fingerprint())
                .append(' ').append(card.version()).append(' ').append(card.policyState())
                .append(' ').append(card.stale()).append('\n'));
        return Etags.weakOf(shape, total, limit, diagnostics.oversizedCardTotal(), parts);
    }
}
