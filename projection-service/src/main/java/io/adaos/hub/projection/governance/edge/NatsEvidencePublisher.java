package io.adaos.hub.projection.governance.edge;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.governance.evidence.EvidenceLine;
import io.adaos.hub.projection.governance.evidence.WriteEvidence;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.NatsConnection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells evidence on core NATS, where it may be lost: it is no truth and passes no outbox. */
@Singleton
@RegisterForReflection(targets = EvidenceLine.class)
final class NatsEvidencePublisher {

    private static final Logger LOG = Logger.getLogger(NatsEvidencePublisher.class);
    private static final String EVIDENCE = "io.adaos.hub.governance.evidence.v1";
    private static final String SERVICE = "projection-service";

    /** Stands in subjects for a webspace that does not exist. */
    private static final WebspaceId NOWHERE = new WebspaceId("_");

    private final NatsConnection nats;

    NatsEvidencePublisher(NatsConnection nats) {
        this.nats = nats;
    }

    void publish(EvidenceLine line) {
        WriteEvidence last = line.last();
        try {
            nats.live().ifPresent(connection -> connection.publish(
                    HubSubjects.governed(line.verdict().wire(), webspaceOf(last), last.owner(),
                            last.reason().wire()),
                    EventCodec.encode(new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                            UUID.randomUUID().toString(), SERVICE, EVIDENCE,
                            last.webspaceId() + ' ' + last.owner(), Instant.now(),
                            EventEnvelope.JSON, null, null, null, line))));
        } catch (IllegalStateException e) {
            LOG.debugf("event=evidence_not_told owner=%s cause=%s", last.owner(), e.getMessage());
        }
    }

    private static WebspaceId webspaceOf(WriteEvidence evidence) {
        try {
            return new WebspaceId(evidence.webspaceId());
        } catch (IllegalArgumentException e) {
            return NOWHERE;
        }
    }
}
