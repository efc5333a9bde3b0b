package io.adaos.hub.runtime.bus.channel;

import io.adaos.hub.runtime.bus.NatsConnection;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * Incoming channels over NATS, {@code connector=hub-jetstream}; see {@link ChannelSettings} for the
 * attributes. There is no outgoing side: facts are published by the outbox relay alone.
 *
 * <p>Consume payloads, {@code @Incoming("…") Uni<Void> on(byte[] message)}: such a message is
 * acknowledged when the Uni completes, and one that fails is delivered again (work queue) or logged
 * and passed over (ordered, core). A method that takes a {@code Message} and fails ends its channel
 * for good; that is the framework's rule.
 */
@ApplicationScoped
@Connector(JetStreamConnector.NAME)
public class JetStreamConnector implements InboundConnector {

    /** Value of {@code mp.messaging.incoming.<channel>.connector}. */
    public static final String NAME = "hub-jetstream";

    private final NatsConnection nats;

    JetStreamConnector(NatsConnection nats) {
        this.nats = nats;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        ChannelSettings settings = ChannelSettings.of(config);
        return new ChannelKeeper(settings.channel(), nats, source(settings)).feed();
    }

    private static BusSource source(ChannelSettings settings) {
        return switch (settings.mode()) {
            case ORDERED -> new NatsOrderedSource(settings);
            case DURABLE -> new NatsDurableSource(settings);
            case CORE -> new NatsCoreSource(settings);
        };
    }
}
