package io.adaos.hub.projection.write.diagnostics;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells on core NATS of writes without a rule; evidence that may be lost. */
@Singleton
final class NatsMissPublisher {

    private static final Logger LOG = Logger.getLogger(NatsMissPublisher.class);
    private static final String MISSING = "io.adaos.hub.projection.rule_missing.v1";
    private static final String SERVICE = "projection-service";

    private final NatsConnection nats;

    NatsMissPublisher(NatsConnection nats) {
        this.nats = nats;
    }

    void ruleMissing(RuleMiss miss) {
        try {
            nats.live().ifPresent(connection -> connection.publish(
                    HubSubjects.ruleMissing(miss.webspaceId(), miss.owner()),
                    EventCodec.encode(new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                            UUID.randomUUID().toString(), SERVICE, MISSING,
                            miss.scope() + ' ' + miss.slot(), miss.lastAt(), EventEnvelope.JSON,
                            null, null, null, miss))));
        } catch (IllegalStateException e) {
            LOG.debugf("event=rule_missing_not_told slot=%s cause=%s",
                    miss.slot(), e.getMessage());
        }
    }
}
