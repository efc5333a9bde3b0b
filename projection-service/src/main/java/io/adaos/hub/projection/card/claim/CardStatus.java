package io.adaos.hub.projection.card.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import io.adaos.hub.contracts.status.WireWord;

/** How the thing of a card is; {@code unknown} when nobody says, or not any more. */
public enum CardStatus implements WireWord {
    ONLINE, WARNING, DEGRADED, OFFLINE, UNKNOWN;

    @Override
    @JsonValue
    public String wire() {
        return WireWord.super.wire();
    }
}
