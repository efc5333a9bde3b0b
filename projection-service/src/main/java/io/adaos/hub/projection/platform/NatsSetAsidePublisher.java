package io.adaos.hub.projection.platform;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.RoomEvents;
import io.adaos.hub.projection.ystore.RecoveredDoc;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tells owners by core NATS that a document lost a part: {@code webspace_id}, {@code
 * from_generation} (updates from there on are missing) and {@code snapshot} (so is all before).
 * Who misses it finds it in the health of the room.
 */
@Singleton
final class NatsSetAsidePublisher implements RoomEvents {

    private static final Logger LOG = Logger.getLogger(NatsSetAsidePublisher.class);
    private static final String TYPE = "io.adaos.hub.projection.set_aside.v1";

    private final NatsConnection nats;
    private final Clock clock = Clock.systemUTC();

    NatsSetAsidePublisher(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public void setAside(WebspaceId webspace, RecoveredDoc.Damage damage) {
        Map<String, Object> data = Map.of(
                "webspace_id", webspace.value(),
                "from_generation", damage.fromGeneration(),
                "snapshot", damage.snapshot());
        byte[] event = EventCodec.encode(new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                UUID.randomUUID().toString(), "projection-service", TYPE, webspace.value(),
                clock.instant(), EventEnvelope.JSON, null, null, null, data));
        try {
            nats.live().ifPresent(connection ->
                    connection.publish(HubSubjects.setAside(webspace), event));
        } catch (IllegalStateException e) {
            LOG.warnf("event=set_aside_not_told webspaceId=%s cause=%s", webspace, e);
        }
    }
}
