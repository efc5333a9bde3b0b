package io.adaos.hub.runtime.outbox.relay;

import io.adaos.hub.runtime.bus.NatsConnection;
import io.adaos.hub.runtime.bus.StreamDefinitions;
import io.adaos.hub.runtime.http.HealthDetail;
import io.adaos.hub.runtime.outbox.OutboxSignal;
import io.adaos.hub.runtime.pg.AdvisoryLock;
import io.adaos.hub.runtime.pg.PgConnections;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Wires the relay and lets it live as long as the service; absent without a database. */
@Singleton
@IfBuildProperty(name = "hub.outbox.enabled", stringValue = "true", enableIfMissing = true)
final class RelayBeans {

    @Produces
    @Singleton
    OutboxRelay relay(
            Pool pool, AdvisoryLock lock, NatsFactPublisher publisher, MeterRegistry meters) {
        return new OutboxRelay(pool, lock, publisher, meters);
    }

    @Produces
    @Singleton
    AdvisoryLock lock(Pool pool, Vertx vertx, PgConnections connections) {
        pool.size();      // makes the pool, and by it the address that the lock connects to
        return connections.lock(vertx, OutboxRelay.CHANNEL);
    }

    @Produces
    @Singleton
    NatsFactPublisher publisher(NatsConnection nats, StreamDefinitions streams,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        return new NatsFactPublisher(nats, streams, service);
    }

    @Produces
    @Singleton
    HealthDetail health(Pool pool) {
        return new OutboxDetail(new PgRelayStore(pool));
    }

    void start(@Observes StartupEvent event, OutboxRelay relay, OutboxSignal signal,
            NatsConnection nats) {
        signal.onCommit(relay::committed);
        nats.onConnected(relay::busConnected);
        relay.start();
    }

    void stop(@Observes ShutdownEvent event, OutboxRelay relay) {
        relay.close();
    }

    /** The outbox in {@code GET /v1/health}; parked rows make it degraded. */
    private record OutboxDetail(PgRelayStore store) implements HealthDetail {
        @Override
        public String name() {
            return "outbox";
        }

        @Override
        public Uni<Object> read() {
            return store.health().map(Object.class::cast);
        }
    }
}
