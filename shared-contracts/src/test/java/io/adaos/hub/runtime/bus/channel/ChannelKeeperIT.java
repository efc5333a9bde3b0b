package io.adaos.hub.runtime.bus.channel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.runtime.bus.TermEventException;
import io.adaos.hub.testing.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelKeeperIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void orderedChannel_goesOnBehindTheLastMessageAfterAKill() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            bus.publish("old");
            RecordingChannel channel = bus.ordered();
            publishUntilHeard(bus, channel, "first");

            // When
            bus.nats.kill();
            bus.nats.restart();
            bus.publish("a", "b", "c");

            // Then
            await().atMost(PATIENCE).until(() -> channel.texts().contains("c"));
            List<String> heard = channel.texts();
            assertEquals(List.of("a", "b", "c"), heard.subList(heard.size() - 3, heard.size()));
            assertTrue(!heard.contains("old"), "history belongs to the list");
        }
    }

    @Test
    void orderedChannel_startsOverInANewStreamAfterAWipe() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            bus.publish("x1", "x2", "x3");
            RecordingChannel channel = bus.ordered();
            publishUntilHeard(bus, channel, "first");

            // When
            bus.nats.wipe();
            bus.nats.restart();
            bus.publish("a", "b");

            // Then
            await().atMost(PATIENCE).until(() -> channel.texts().contains("b"));
            List<String> heard = channel.texts();
            assertEquals(List.of("a", "b"), heard.subList(heard.size() - 2, heard.size()));
        }
    }

    @Test
    void orderedChannel_startsOverWhenItsStreamIsReplacedUnderALiveConnection() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            bus.publish("x1", "x2", "x3");
            RecordingChannel channel = bus.ordered();
            publishUntilHeard(bus, channel, "first");

            // When
            Connection admin = Nats.connect(bus.nats.url());
            admin.jetStreamManagement().deleteStream(BusFixture.STREAM.name());
            admin.close();
            bus.publish("a");

            // Then
            await().atMost(PATIENCE).until(() -> channel.texts().contains("a"));
            assertEquals(1, channel.texts().stream().filter("a"::equals).count());
        }
    }

    @Test
    void orderedChannel_waitsForServerAndStreamThatComeLater() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.unstarted())) {
            RecordingChannel channel = bus.ordered();

            // When
            bus.nats.restart();
            TimeUnit.MILLISECONDS.sleep(1_500);
            publishUntilHeard(bus, channel, "first");

            // Then
            assertTrue(channel.texts().contains("first"));
        }
    }

    @Test
    void slowChannel_holdsBackTheServer_andLosesNothing() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            bus.publish("old");
            RecordingChannel channel = bus.ordered();
            publishUntilHeard(bus, channel, "first");
            channel.becomeSlow();
            String[] many = IntStream.range(0, 1_000).mapToObj(i -> "m" + i).toArray(String[]::new);
            bus.publish(many);
            TimeUnit.MILLISECONDS.sleep(500);
            int before = channel.texts().size();

            // When
            channel.request(5_000);

            // Then
            await().atMost(PATIENCE).until(() -> channel.texts().contains("m999"));
            assertTrue(before <= 3, "got " + before + " without asking");
            List<String> heard = channel.texts();
            assertEquals(List.of(many), heard.subList(heard.size() - 1_000, heard.size()));
        }
    }

    @Test
    void durableChannel_deliversAgainAfterAFailure_andNotAfterTerm() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            bus.publish("bad", "flaky", "good");

            // When
            RecordingChannel channel = bus.durable("test-work");
            channel.handling(message -> {
                String text = new String(message.getPayload(), StandardCharsets.UTF_8);
                if (text.equals("bad")) {
                    message.nack(new TermEventException("never"));
                } else if (text.equals("flaky")
                        && message.getMetadata(BusMetadata.class).get().deliveries() < 3) {
                    message.nack(new IllegalStateException("later"));
                } else {
                    message.ack();
                }
            });

            // Then
            await().atMost(PATIENCE).until(() -> count(channel, "flaky") == 3);
            await().atMost(PATIENCE).until(() -> waiting(bus) == 0);
            assertEquals(List.of(1L, 3L, 1L), List.of(count(channel, "bad"),
                    count(channel, "flaky"), count(channel, "good")));
        }
    }

    @Test
    void durableChannel_losesNothingWhenTheServerIsKilled() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            RecordingChannel channel = bus.durable("test-work");
            bus.publish(IntStream.range(0, 200).mapToObj(i -> "a" + i).toArray(String[]::new));

            // When
            await().atMost(PATIENCE).until(() -> channel.texts().size() > 20);
            bus.nats.kill();
            bus.nats.restart();
            bus.publish(IntStream.range(0, 200).mapToObj(i -> "b" + i).toArray(String[]::new));

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() ->
                    channel.texts().stream().distinct().count() == 400);
            assertEquals(400, channel.texts().stream().distinct().count());
        }
    }

    @Test
    void durableChannel_keepsAtMostTheBoundInFlight() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            bus.publish(IntStream.range(0, 50).mapToObj(i -> "a" + i).toArray(String[]::new));

            // When
            RecordingChannel channel = bus.durable("test-work").handling(message -> { });
            await().atMost(PATIENCE).until(() -> channel.texts().size() >= 4);
            TimeUnit.MILLISECONDS.sleep(500);

            // Then
            assertTrue(channel.texts().size() <= 5, channel.texts().size() + " in flight");
        }
    }

    @Test
    void coreChannel_hearsAgainAfterAKill() throws Exception {
        // Given
        try (BusFixture bus = BusFixture.over(TestNats.start())) {
            RecordingChannel channel = bus.core();
            publishUntilHeard(bus, channel, "first");

            // When
            bus.nats.kill();
            bus.nats.restart();
            publishUntilHeard(bus, channel, "second");

            // Then
            assertTrue(channel.texts().contains("second"));
        }
    }

    private static void publishUntilHeard(BusFixture bus, RecordingChannel channel, String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            bus.publish(text);
            TimeUnit.MILLISECONDS.sleep(100);
            return channel.texts().contains(text);
        });
    }

    private static long count(RecordingChannel channel, String text) {
        return channel.texts().stream().filter(text::equals).count();
    }

    private static long waiting(BusFixture bus) throws Exception {
        Connection admin = Nats.connect(bus.nats.url());
        try {
            var found = admin.jetStreamManagement()
                    .getConsumerInfo(BusFixture.STREAM.name(), "test-work");
            return found.getNumAckPending() + found.getNumPending();
        } finally {
            admin.close();
        }
    }
}
