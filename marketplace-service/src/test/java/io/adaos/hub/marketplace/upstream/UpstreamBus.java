package io.adaos.hub.marketplace.upstream;

import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.StreamDefinitions;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Publishes the facts and heads of the two upstreams on real NATS, as their relays do. */
public final class UpstreamBus implements AutoCloseable {

    private final Upstream registry;
    private final Upstream operations;
    private final Connection connection;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean beating = true;

    /** Connects, creates the streams and sends heads every 500 ms. */
    public UpstreamBus(String url, Upstream registry, Upstream operations) {
        this.registry = registry;
        this.operations = operations;
        try {
            this.connection = Nats.connect(new Options.Builder().server(url)
                    .errorListener(new ErrorListener() { })
                    .maxReconnects(-1).reconnectWait(Duration.ofMillis(100)).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        heart.scheduleWithFixedDelay(this::beat, 0, 500, TimeUnit.MILLISECONDS);
    }

    /** Creates the streams when they are missing; fails while the server is away. */
    public void ensureStreams() throws IOException, JetStreamApiException {
        for (String service : List.of("registry-sync-service", "operations-service")) {
            new StreamDefinitions(service, StreamDefinitions.Limits.DEFAULT).ensure(connection);
        }
    }

    /** Heads stop; the services seem dead on the bus. */
    public void silence() {
        beating = false;
    }

    /** Heads go on. */
    public void speak() {
        beating = true;
    }

    /** Stores an entry and publishes the fact. */
    public long push(CatalogEntry entry, String correlationId)
            throws IOException, JetStreamApiException {
        long sequence = registry.put(entry.ref().toString(), entry);
        publish(registry.head(), HubSubjects.catalogUpserted(entry.ref()),
                "io.adaos.hub.catalog.upserted.v1", new CatalogEntryUpserted(entry, correlationId));
        return sequence;
    }

    /** Stores an entry whose fact cannot be published, so that a tombstone takes its number. */
    public long pushParked(CatalogEntry entry) throws IOException, JetStreamApiException {
        long sequence = registry.put(entry.ref().toString(), entry);
        publish(registry.head(), HubSubjects.parked("catalog"), "io.adaos.hub.catalog.parked.v1",
                Map.of("reason", "too large", "type", "io.adaos.hub.catalog.upserted.v1"));
        return sequence;
    }

    /** Records an artifact on its node and publishes the fact. */
    public long install(InstalledArtifact artifact, boolean removed)
            throws IOException, JetStreamApiException {
        ArtifactRef ref = new ArtifactRef(artifact.kind().wire(), artifact.id());
        String key = artifact.nodeId() + "/" + ref;
        long sequence = removed ? operations.remove(key) : operations.put(key, artifact);
        publish(operations.head(), HubSubjects.artifactInstalled(ref),
                "io.adaos.hub.operation.installed.v1", new InstalledChanged(artifact, removed));
        return sequence;
    }

    /** Publishes that an operation has changed. */
    public long change(OperationState operation) throws IOException, JetStreamApiException {
        long sequence = operations.skip();
        publish(operations.head(), HubSubjects.operationChanged(
                        operation.webspaceId(), operation.operationId()),
                "io.adaos.hub.operation.changed.v1", new OperationChanged(operation));
        return sequence;
    }

    @Override
    public void close() {
        heart.shutdownNow();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(ServiceHead at, String subject, String type, Object data)
            throws IOException, JetStreamApiException {
        EventEnvelope<Object> event = new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                UUID.randomUUID().toString(), at.service(), type, subject, Instant.now(),
                EventEnvelope.JSON, at.epoch(), at.sequence(), null, data);
        connection.jetStream().publish(subject, EventCodec.encode(event));
    }

    private void beat() {
        if (beating && connection.getStatus() == Connection.Status.CONNECTED) {
            for (ServiceHead head : List.of(registry.head(), operations.head())) {
                connection.publish(HubSubjects.head(head.service()), EventCodec.encode(head));
            }
        }
    }
}
