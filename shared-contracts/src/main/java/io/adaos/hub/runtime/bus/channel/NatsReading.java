package io.adaos.hub.runtime.bus.channel;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.MessageConsumer;
import java.io.IOException;

/** An open JetStream consumer with a thread of its own. */
record NatsReading(
        Connection connection, Dispatcher dispatcher, MessageConsumer consumer, Soundness soundness)
        implements BusSource.Reading {

    /** Short, so that a consumer the server forgot is noticed within seconds. */
    static final ConsumeOptions OPTIONS =
            ConsumeOptions.builder().batchSize(100).expiresIn(3_000).build();

    /** Whether the stream is still the one the consumer was made for. */
    interface Soundness {
        boolean check() throws IOException, JetStreamApiException;
    }

    @Override
    public boolean isSound() throws IOException, JetStreamApiException {
        return !consumer.isFinished() && !consumer.isStopped() && soundness.check();
    }

    @Override
    public void stop() {
        try {
            consumer.close();
            connection.closeDispatcher(dispatcher);
        } catch (Exception e) {
            // The connection is gone, and the consumer with it.
            ChannelMessages.ignored(e);
        }
    }
}
