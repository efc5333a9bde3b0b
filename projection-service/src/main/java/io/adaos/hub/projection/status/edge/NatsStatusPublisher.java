package io.adaos.hub.projection.status.edge;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.status.StatusChanges;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Says on core NATS that a contract changed; whoever misses it reads the status. */
@Singleton
final class NatsStatusPublisher {

    private static final Logger LOG = Logger.getLogger(NatsStatusPublisher.class);
    private static final String SERVICE = "projection-service";

    private final NatsConnection nats;

    NatsStatusPublisher(NatsConnection nats) {
        this.nats = nats;
    }

    void publish(WebspaceId webspace, StatusChanges.Change change) {
        try {
            nats.live().ifPresent(connection -> connection.publish(change.subject(),
                    EventCodec.encode(new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                            UUID.randomUUID().toString(), SERVICE,
                            "io.adaos.hub.status." + change.contract() + ".v1",
                            webspace.value(), Instant.now(), EventEnvelope.JSON, null, null,
                            null, change.data()))));
        } catch (IllegalStateException e) {
            LOG.debugf("event=status_not_told subject=%s cause=%s",
                    change.subject(), e.getMessage());
        }
    }
}
