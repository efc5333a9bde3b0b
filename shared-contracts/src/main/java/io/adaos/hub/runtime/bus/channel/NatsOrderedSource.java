package io.adaos.hub.runtime.bus.channel;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.MessageHandler;
import io.nats.client.StreamContext;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.ZonedDateTime;

/** Every message of a stream in order, for this process alone, from the moment it first looked. */
final class NatsOrderedSource implements BusSource {

    /*
     * Notes on where to go on.
     *
     * Stream sequences mean something within one life of a stream only. After NATS was wiped the
     * new stream starts at 1, and a consumer that asked for what follows its old position would
     * wait for ever. So the stream's creation time is kept beside the position: in the same life
     * the reading goes on behind the last message taken, in another one it starts with the first
     * message there is.
     */

    private final ChannelSettings settings;
    private final String stream;
    private final boolean readsWholeStream;
    private volatile long lastTaken;
    private ZonedDateTime life;      // null before the stream was seen

    NatsOrderedSource(ChannelSettings settings) {
        this.settings = settings;
        this.stream = settings.stream().orElseThrow().name();
        this.readsWholeStream =
                settings.stream().orElseThrow().subjects().contains(settings.subject());
    }

    @Override
    public Reading open(Connection connection, MessageHandler handler)
            throws IOException, JetStreamApiException {
        StreamContext context = connection.getStreamContext(stream);
        StreamInfo info = context.getStreamInfo();
        OrderedConsumerConfiguration wanted =
                new OrderedConsumerConfiguration().filterSubject(settings.subject());
        if (life == null) {
            lastTaken = info.getStreamState().getLastSequence();
        } else if (!isSameLife(info)) {
            lastTaken = 0;
        }
        life = info.getCreateTime();
        if (lastTaken == 0) {
            wanted.deliverPolicy(DeliverPolicy.All);
        } else {
            wanted.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(lastTaken + 1);
        }
        Dispatcher dispatcher = connection.createDispatcher();
        MessageConsumer consumer = context.createOrderedConsumer(wanted)
                .consume(NatsReading.OPTIONS, dispatcher, handler);
        StallWatch watch = new StallWatch();
        return new NatsReading(connection, dispatcher, consumer,
                () -> isSound(context.getStreamInfo(), watch));
    }

    @Override
    public org.eclipse.microprofile.reactive.messaging.Message<byte[]> wrap(Message received) {
        return ChannelMessages.unacknowledged(settings.channel(), received);
    }

    @Override
    public void taken(Message received) {
        lastTaken = received.metaData().streamSequence();
    }

    @Override
    public void left(Message received) {
        // Not counted as taken, so the next reading delivers it again.
    }

    private boolean isSound(StreamInfo info, StallWatch watch) {
        return isSameLife(info) && !(readsWholeStream
                && watch.isStalled(lastTaken, info.getStreamState().getLastSequence()));
    }

    /** A stream that lost its end in a crash counts as another one. */
    private boolean isSameLife(StreamInfo info) {
        return info.getCreateTime().equals(life)
                && info.getStreamState().getLastSequence() >= lastTaken;
    }
}
