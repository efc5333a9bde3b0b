package io.adaos.hub.runtime.outbox.relay;

import java.time.Instant;

/**
 * A committed row of the outbox that has its place.
 *
 * @param payload JSON text of the data
 * @param parked why it cannot be published; null for nearly all
 */
record NumberedFact(
        long sequence,
        String subject,
        String type,
        String key,
        String correlationId,
        String payload,
        Instant createdAt,
        String parked) {
}
