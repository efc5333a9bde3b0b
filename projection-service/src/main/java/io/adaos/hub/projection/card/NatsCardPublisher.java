package io.adaos.hub.projection.card;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Says on core NATS that a card says something new; whoever misses it finds it in the list. */
@Singleton
final class NatsCardPublisher {

    private static final Logger LOG = Logger.getLogger(NatsCardPublisher.class);
    private static final String CHANGED = "io.adaos.hub.status.card_changed.v1";
    private static final String SERVICE = "projection-service";

    private final NatsConnection nats;

    NatsCardPublisher(NatsConnection nats) {
        this.nats = nats;
    }

    void changed(StatusCard card) {
        try {
            nats.live().ifPresent(connection -> connection.publish(
                    HubSubjects.cardChanged(card.webspaceId(), card.id()),
                    EventCodec.encode(new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                            UUID.randomUUID().toString(), SERVICE, CHANGED, card.id(),
                            Instant.ofEpochMilli(card.updatedAt().toMillis()),
                            EventEnvelope.JSON, null, null, null, card))));
        } catch (IllegalStateException e) {
            LOG.debugf("event=card_changed_not_told card=%s cause=%s",
                    card.id(), e.getMessage());
        }
    }
}
