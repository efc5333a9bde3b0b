package io.adaos.hub.runtime.bus.channel;

import io.adaos.hub.contracts.bus.HubStreams;
import io.adaos.hub.runtime.bus.NatsConnection;
import io.adaos.hub.runtime.bus.NatsSettings;
import io.adaos.hub.runtime.bus.StreamDefinitions;
import io.adaos.hub.testing.TestNats;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bus with one reading process and a publisher beside it. */
final class BusFixture implements AutoCloseable {

    static final HubStreams STREAM = HubStreams.HUB_CATALOG;
    static final String SUBJECT = "hub.v1.catalog.upserted.skill.";

    final TestNats nats;
    final NatsConnection connection;
    private final List<RecordingChannel> channels = new ArrayList<>();

    private BusFixture(TestNats nats) {
        this.nats = nats;
        this.connection = new NatsConnection(NatsSettings.of(nats.url(), "reader"));
    }

    static BusFixture over(TestNats nats) {
        BusFixture fixture = new BusFixture(nats);
        fixture.connection.open();
        return fixture;
    }

    RecordingChannel ordered() {
        return opened(new NatsOrderedSource(settings(ChannelMode.ORDERED, Optional.empty())));
    }

    RecordingChannel durable(String name) {
        return opened(new NatsDurableSource(settings(ChannelMode.DURABLE, Optional.of(name))));
    }

    RecordingChannel core() {
        return opened(new NatsCoreSource(settings(ChannelMode.CORE, Optional.empty())));
    }

    /** Makes the streams and publishes texts, as the owner of the stream would. */
    void publish(String... texts) throws Exception {
        Connection publisher = Nats.connect(nats.url());
        try {
            ensureStreams(publisher);
            for (String text : texts) {
                publisher.jetStream().publish(
                        SUBJECT + text, text.getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            publisher.close();
        }
    }

    static void ensureStreams(Connection publisher) throws IOException, JetStreamApiException {
        new StreamDefinitions(STREAM.service(), StreamDefinitions.Limits.DEFAULT)
                .ensure(publisher);
    }

    @Override
    public void close() {
        channels.forEach(RecordingChannel::cancel);
        connection.close();
        nats.close();
    }

    private RecordingChannel opened(BusSource source) {
        RecordingChannel channel = new RecordingChannel();
        new ChannelKeeper("test", connection, source).feed().subscribe(channel);
        channels.add(channel);
        return channel;
    }

    private static ChannelSettings settings(ChannelMode mode, Optional<String> durable) {
        return new ChannelSettings("test", mode, Optional.of(STREAM), "hub.v1.catalog.>", durable,
                4, Duration.ofMillis(200), Duration.ofSeconds(2));
    }
}
