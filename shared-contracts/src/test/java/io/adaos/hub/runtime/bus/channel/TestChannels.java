package io.adaos.hub.runtime.bus.channel;

import io.adaos.hub.contracts.bus.HubStreams;
import io.adaos.hub.runtime.bus.NatsConnection;
import io.adaos.hub.runtime.bus.NatsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Channels as the connector makes them, without a framework around them. */
public final class TestChannels implements AutoCloseable {

    private final NatsConnection connection;
    private final List<Flow.Subscription> subscriptions = new ArrayList<>();

    public TestChannels(String url) {
        connection = new NatsConnection(NatsSettings.of(url, "reader"));
        connection.open();
    }

    public void ordered(String stream, Consumer<byte[]> consumer) {
        HubStreams known = HubStreams.valueOf(stream);
        read(new NatsOrderedSource(settings(ChannelMode.ORDERED, Optional.of(known),
                known.subjects().get(0))), consumer);
    }

    public void core(String subject, Consumer<byte[]> consumer) {
        read(new NatsCoreSource(settings(ChannelMode.CORE, Optional.empty(), subject)), consumer);
    }

    @Override
    public void close() {
        subscriptions.forEach(Flow.Subscription::cancel);
        connection.close();
    }

    private void read(BusSource source, Consumer<byte[]> consumer) {
        new ChannelKeeper("test", connection, source).feed().subscribe(new Flow.Subscriber<>() {
            private Flow.Subscription own;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                own = subscription;
                subscriptions.add(subscription);
                subscription.request(1);
            }

            @Override
            public void onNext(Message<byte[]> message) {
                consumer.accept(message.getPayload());
                own.request(1);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {
                throw new AssertionError("a channel never ends");
            }
        });
    }

    private static ChannelSettings settings(
            ChannelMode mode, Optional<HubStreams> stream, String subject) {
        return new ChannelSettings("test", mode, stream, subject, Optional.empty(), 4,
                Duration.ofMillis(200), Duration.ofSeconds(2));
    }
}
