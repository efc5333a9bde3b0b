package io.adaos.hub.projection.operationview;

import com.sun.net.httpserver.HttpServer;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.catalog.CatalogPage;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.bus.StreamDefinitions;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A registry that says over real HTTP where it is, and publishes pushes on real NATS. */
public final class CatalogShelf {

    private static final String EPOCH = "catalog-1";
    private static final String SERVICE = "registry-sync-service";

    private final OperationsUpstream upstream;
    private boolean defined;
    private long sequence;

    CatalogShelf(OperationsUpstream upstream, HttpServer server) {
        this.upstream = upstream;
        server.createContext("/v1/catalog", exchange -> {
            try (exchange) {
                byte[] body = EventCodec.encode(
                        new CatalogPage(EPOCH, sequence(), List.of(), 0, 1, 0));
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    /** Publishes the fact of a push, and answers its number. */
    public long push(ArtifactRef ref, long revision, String correlationId) {
        Map<String, Object> fact = Map.of("correlation_id", correlationId, "entry",
                Map.of("kind", ref.kind(), "id", ref.id(), "name", ref.id(),
                        "version", "1.0.0", "revision", revision));
        synchronized (this) {
            sequence++;
        }
        String subject = HubSubjects.catalogUpserted(ref);
        EventEnvelope<Object> event = new EventEnvelope<>(EventEnvelope.SPEC_VERSION,
                UUID.randomUUID().toString(), SERVICE, "io.adaos.hub.catalog.upserted.v1",
                subject, Instant.now(), EventEnvelope.JSON, EPOCH, sequence(), correlationId,
                fact);
        try {
            connection().jetStream().publish(subject, EventCodec.encode(event));
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
        return sequence();
    }

    /** As if a fact had got lost; answers its number. */
    public synchronized long loseFact() {
        return ++sequence;
    }

    /** Says where it is. */
    void beat() throws IOException, JetStreamApiException {
        connection().publish(HubSubjects.head(SERVICE),
                EventCodec.encode(new ServiceHead(SERVICE, EPOCH, sequence())));
    }

    private synchronized long sequence() {
        return sequence;
    }

    private synchronized Connection connection() throws IOException, JetStreamApiException {
        Connection connection = upstream.connection();
        if (!defined) {
            new StreamDefinitions(SERVICE, StreamDefinitions.Limits.DEFAULT).ensure(connection);
            defined = true;
        }
        return connection;
    }
}
