package io.adaos.hub.runtime.bus;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Wires the connection to NATS and the streams of this service. */
@Singleton
final class BusBeans {

    private static final int EARLY = 1_000;

    @Produces
    @Singleton
    NatsConnection connection(
            BusConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        return new NatsConnection(
                new NatsSettings(config.url(), service, config.reconnectWait()));
    }

    @Produces
    @Singleton
    StreamDefinitions streams(
            BusConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        return new StreamDefinitions(service, new StreamDefinitions.Limits(
                config.streams().maxAge(), config.streams().bytesMax(),
                config.streams().replicas()));
    }

    void open(@Observes @Priority(EARLY) StartupEvent event, NatsConnection connection,
            StreamDefinitions streams) {
        connection.onConnected(() -> connection.live().ifPresent(streams::tryEnsure));
        connection.open();
    }

    void close(@Disposes NatsConnection connection) {
        connection.close();
    }
}
