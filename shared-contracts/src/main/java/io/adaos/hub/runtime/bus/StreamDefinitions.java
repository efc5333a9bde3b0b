package io.adaos.hub.runtime.bus;

import io.adaos.hub.contracts.bus.HubStreams;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes sure that the streams a service publishes to exist, also after NATS was wiped. */
public final class StreamDefinitions {

    private static final Logger LOG = Logger.getLogger(StreamDefinitions.class);
    private static final Duration DEDUPE_WINDOW = Duration.ofMinutes(2);
    private static final int STREAM_NOT_FOUND = 10059;

    private final List<HubStreams> streams;
    private final Limits limits;

    /** The streams of one service. */
    public StreamDefinitions(String service, Limits limits) {
        this.streams = Arrays.stream(HubStreams.values())
                .filter(stream -> stream.service().equals(service))
                .toList();
        this.limits = limits;
    }

    /** How long and how much a stream keeps. */
    public record Limits(Duration maxAge, long bytesMax, int replicas) {

        public static final Limits DEFAULT = new Limits(Duration.ofHours(24), 256L << 20, 1);
    }

    /** Creates what is missing and corrects what differs; cheap when all is well. */
    public void ensure(Connection connection) throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        for (HubStreams stream : streams) {
            ensure(management, wanted(stream));
        }
    }

    /** The same, for a moment when nobody waits for the streams yet; the relay tries again. */
    void tryEnsure(Connection connection) {
        try {
            ensure(connection);
        } catch (IOException | JetStreamApiException e) {
            LOG.warnf("event=streams_not_ensured detail=\"%s\"", e.getMessage());
        }
    }

    private static void ensure(JetStreamManagement management, StreamConfiguration wanted)
            throws IOException, JetStreamApiException {
        try {
            StreamConfiguration found =
                    management.getStreamInfo(wanted.getName()).getConfiguration();
            if (!isSame(found, wanted)) {
                management.updateStream(wanted);
                LOG.infof("event=stream_updated stream=%s", wanted.getName());
            }
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw e;
            }
            management.addStream(wanted);
            LOG.infof("event=stream_created stream=%s", wanted.getName());
        }
    }

    private static boolean isSame(StreamConfiguration found, StreamConfiguration wanted) {
        return found.getSubjects().equals(wanted.getSubjects())
                && found.getMaxAge().equals(wanted.getMaxAge())
                && found.getMaxBytes() == wanted.getMaxBytes()
                && found.getReplicas() == wanted.getReplicas()
                && found.getDuplicateWindow().equals(wanted.getDuplicateWindow());
    }

    private StreamConfiguration wanted(HubStreams stream) {
        return StreamConfiguration.builder()
                .name(stream.name())
                .subjects(stream.subjects())
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.Old)
                .maxAge(limits.maxAge())
                .maxBytes(limits.bytesMax())
                .replicas(limits.replicas())
                .duplicateWindow(DEDUPE_WINDOW)
                .build();
    }
}
