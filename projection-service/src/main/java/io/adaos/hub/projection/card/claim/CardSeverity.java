package io.adaos.hub.projection.card.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.status.WireWord;

/** How urgent a card is; {@code unknown} when nobody says, or not any more. */
public enum CardSeverity implements WireWord {
    INFO, WARNING, HIGH, CRITICAL, UNKNOWN;

    @Override
    @JsonValue
    public String wire() {
        return WireWord.super.wire();
    }
}
