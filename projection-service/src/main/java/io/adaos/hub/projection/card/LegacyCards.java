package io.adaos.hub.projection.card;

import java.util.LinkedHashMap;
import java.util.Map;

/** A page of cards in the shape of existing clients: camelCase around the cards. */
final class LegacyCards {

    static final String SCHEMA = "adaos.status_registry.v1";

    private static final String SOURCE = "status_card_registry";

    private LegacyCards() {
    }

    /**
     * The body.
     *
     * @param webspace what was asked for; null for all
     */
    static Map<String, Object> of(CardPage page, String webspace) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("available", true);
        body.put("schema", SCHEMA);
        body.put("source", SOURCE);
        body.put("webspaceId", webspace);
        body.put("updatedAt", page.at().toMillis());
        body.put("total", page.total());
        body.put("returned", page.items().size());
        body.put("diagnostics", diagnostics(page.diagnostics()));
        body.put("cards", page.items());
        body.put("error", null);
        return body;
    }

    private static Map<String, Object> diagnostics(CardDiagnostics counted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("cardCount", counted.cardCount());
        body.put("publishTotal", counted.publishTotal());
        body.put("changedTotal", counted.changedTotal());
        body.put("unchangedTotal", counted.unchangedTotal());
        body.put("maxCardBytes", counted.maxCardBytes());
        body.put("maxCardBytesObserved", counted.maxCardBytesObserved());
        body.put("oversizedCardTotal", counted.oversizedCardTotal());
        body.put("lastOversizedCard", oversized(counted.lastOversizedCard()));
        body.put("staleCount", counted.staleCount());
        body.put("derivedCardCount", counted.derivedCardCount());
        body.put("lastPublishLatencyMs", counted.lastPublishLatencyMs());
        body.put("lastChangedAt", counted.lastChangedAt() == null
                ? null : counted.lastChangedAt().toMillis());
        return body;
    }

    private static Map<String, Object> oversized(CardDiagnostics.Oversized card) {
        return card == null ? null : Map.of("id", card.id(), "owner", card.owner().value(),
                "bytes", card.bytes(), "at", card.at().toMillis());
    }
}
