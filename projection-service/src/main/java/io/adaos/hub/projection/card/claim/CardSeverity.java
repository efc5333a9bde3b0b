package io.adaos.hub.projection.card.claim;

import io.adaos.hub.contracts.status.WireWord;

/** How urgent a card is; {@code unknown} when nobody says, or not any more. */
public enum CardSeverity implements WireWord { INFO, WARNING, HIGH, CRITICAL, UNKNOWN }
