package io.adaos.hub.runtime.bus.channel;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.MessageHandler;
import io.nats.client.StreamContext;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.io.IOException;
import java.time.ZonedDateTime;

/** A work queue: one durable consumer shared by all processes of a service. */
final class NatsDurableSource implements BusSource {

    private final ChannelSettings settings;
    private final String stream;
    private final String durable;

    NatsDurableSource(ChannelSettings settings) {
        this.settings = settings;
        this.stream = settings.stream().orElseThrow().name();
        this.durable = settings.durable().orElseThrow();
    }

    @Override
    public Reading open(Connection connection, MessageHandler handler)
            throws IOException, JetStreamApiException {
        StreamContext context = connection.getStreamContext(stream);
        ZonedDateTime life = context.getStreamInfo().getCreateTime();
        ConsumerConfiguration wanted = ConsumerConfiguration.builder()
                .durable(durable)
                .filterSubject(settings.subject())
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(settings.ackWait())
                .maxAckPending(settings.inFlightMax())
                .build();
        Dispatcher dispatcher = connection.createDispatcher();
        MessageConsumer consumer = context.createOrUpdateConsumer(wanted)
                .consume(NatsReading.OPTIONS, dispatcher, handler);
        return new NatsReading(connection, dispatcher, consumer, () -> {
            context.getConsumerInfo(durable);
            return context.getStreamInfo().getCreateTime().equals(life);
        });
    }

    @Override
    public org.eclipse.microprofile.reactive.messaging.Message<byte[]> wrap(Message received) {
        return ChannelMessages.acknowledged(settings, received);
    }

    @Override
    public void taken(Message received) {
        // Counted by the server until it is acknowledged.
    }

    @Override
    public void left(Message received) {
        ChannelMessages.quietly(received::nak);
    }
}
