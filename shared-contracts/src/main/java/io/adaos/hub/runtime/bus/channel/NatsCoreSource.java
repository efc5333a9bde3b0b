package io.adaos.hub.runtime.bus.channel;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;

/** Core NATS: messages that may be lost, such as heads. */
final class NatsCoreSource implements BusSource {

    private static final long WAITING_MAX = 1_000;
    private static final long WAITING_BYTES_MAX = 4L << 20;

    private final ChannelSettings settings;

    NatsCoreSource(ChannelSettings settings) {
        this.settings = settings;
    }

    @Override
    public Reading open(Connection connection, MessageHandler handler) {
        Dispatcher dispatcher = connection.createDispatcher(handler);
        dispatcher.setPendingLimits(WAITING_MAX, WAITING_BYTES_MAX);
        dispatcher.subscribe(settings.subject());
        return new Reading() {
            @Override
            public boolean isSound() {
                return dispatcher.isActive();
            }

            @Override
            public void stop() {
                ChannelMessages.quietly(() -> connection.closeDispatcher(dispatcher));
            }
        };
    }

    @Override
    public org.eclipse.microprofile.reactive.messaging.Message<byte[]> wrap(Message received) {
        return ChannelMessages.unacknowledged(settings.channel(), received);
    }

    @Override
    public void taken(Message received) {
        // Nothing to remember: nobody delivers it again.
    }

    @Override
    public void left(Message received) {
        // Lost, as every message of this kind may be.
    }
}
