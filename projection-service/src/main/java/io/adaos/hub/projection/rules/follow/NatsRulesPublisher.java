package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Says on core NATS that rules count now; whoever misses it can ask over HTTP. */
@Singleton
final class NatsRulesPublisher {

    private static final Logger LOG = Logger.getLogger(NatsRulesPublisher.class);
    private static final String LOADED = "io.adaos.hub.projection.rules_loaded.v1";
    private static final String SERVICE = "projection-service";

    private final NatsConnection nats;

    NatsRulesPublisher(NatsConnection nats) {
        this.nats = nats;
    }

    void loaded(RuleLayer layer) {
        try {
            nats.live().ifPresent(connection -> connection.publish(
                    HubSubjects.rulesLoaded(layer.owner()),
                    EventCodec.encode(new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                            UUID.randomUUID().toString(), SERVICE, LOADED,
                            layer.owner().toString(), Instant.now(), EventEnvelope.JSON,
                            null, null, null, LoadedRules.of(layer)))));
        } catch (IllegalStateException e) {
            LOG.debugf("event=rules_loaded_not_told owner=%s cause=%s",
                    layer.owner(), e.getMessage());
        }
    }
}
