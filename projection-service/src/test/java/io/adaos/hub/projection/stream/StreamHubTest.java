package io.adaos.hub.projection.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.stream.message.StreamCounts;
import io.adaos.hub.projection.stream.message.StreamMessage;
import io.adaos.hub.projection.stream.topic.ControlTopic;
import io.adaos.hub.projection.stream.topic.SnapshotPolicy;
import io.adaos.hub.projection.stream.topic.StreamPolicy;
import io.adaos.hub.projection.stream.topic.StreamTopic;
import io.adaos.hub.projection.stream.topic.TopicPattern;
import io.adaos.hub.runtime.http.HubJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamHubTest {

    private static final WebspaceId LAB = new WebspaceId("lab");
    private static final StreamTopic NOW = StreamTopic.of(LAB, "weather.now");
    private static final StreamPolicy SLOW =
            new StreamPolicy(100_000, 65_536, 1_000, 200, SnapshotPolicy.WHEN_MISSING);
    private static final StreamHub.Limits SMALL =
            new StreamHub.Limits(4, 6, 1_000, 1_000_000, 1_000, 10, 1_500);

    private final StreamCounts counts = new StreamCounts();
    private SnapshotPolicy declared = SnapshotPolicy.WHEN_MISSING;
    private final StreamHub hub = new StreamHub(SMALL, topic -> declared, counts);

    /** A reader that writes down what it gets. */
    private static final class Reader implements StreamListener {

        private final List<String> frames = new ArrayList<>();
        private final boolean publisher;

        Reader(boolean publisher) {
            this.publisher = publisher;
        }

        @Override
        public void offer(StreamMessage message) {
            frames.add(message.frame());
        }

        @Override
        public boolean mayServe(TopicPattern wanted) {
            return publisher && wanted.meets("weather.*");
        }

        List<String> payloads() {
            List<String> payloads = new ArrayList<>();
            frames.forEach(frame -> payloads.add(read(frame).path("payload").toString()));
            frames.clear();
            return payloads;
        }

        private static JsonNode read(String frame) {
            try {
                return HubJson.mapper().readTree(frame);
            } catch (JsonProcessingException e) {
                throw new AssertionError("a frame is JSON: " + frame, e);
            }
        }
    }

    private final Reader reader = new Reader(false);

    @Test
    void publication_reachesWhoListens_exactAndOpen_once() {
        // Given
        Reader wide = new Reader(false);
        listen(reader, "webio.stream.lab.weather.now");
        listen(wide, "webio.stream.lab.weather.now", "webio.stream.lab.*");
        Reader elsewhere = new Reader(false);
        listen(elsewhere, "webio.stream.desktop.weather.now");

        // When
        PublishOutcome outcome = publish("1", 0);

        // Then
        assertEquals(new PublishOutcome.Published(2), outcome);
        assertEquals(List.of("1"), reader.payloads());
        assertEquals(List.of("1"), wide.payloads());
        assertEquals(List.of(), elsewhere.payloads());
    }

    @Test
    void frame_carriesKindSourceTimeAndHostileTextAsItIs() {
        // Given
        listen(reader, "webio.stream.lab.weather.now");
        String hostile = "{\"html\":\"</script><img onerror=1>\",\"rtl\":\"\u202e\",\"n\":null}";

        // When
        hub.publish(new Publication(NOW, "skill:we\"ather", hostile, hostile.length(), 0, SLOW),
                0);

        // Then
        JsonNode frame = Reader.read(reader.frames.get(0));
        assertEquals("events evt webio.stream.lab.weather.now skill:we\"ather",
                String.join(" ", frame.path("ch").asText(), frame.path("t").asText(),
                        frame.path("kind").asText(), frame.path("source").asText()));
        assertEquals(hostile, frame.path("payload").toString());
        assertEquals("1970-01-01T00:00:00Z", frame.path("ts").asText());
    }

    @Test
    void publications_thatComeTooSoon_areOne_theNewest() {
        // Given
        listen(reader, "webio.stream.lab.weather.now");
        publish("1", 0);

        // When
        PublishOutcome second = publish("2", 50);
        PublishOutcome third = publish("3", 60);
        long tooEarly = hub.flush(NOW, 199);
        long due = hub.flush(NOW, 200);

        // Then
        assertEquals(new PublishOutcome.Coalesced(150), second);
        assertEquals(new PublishOutcome.Coalesced(140), third);
        assertEquals(List.of(1L, 0L), List.of(tooEarly, due));
        assertEquals(List.of("1", "3"), reader.payloads());
        assertEquals(2, counts.throttled());
        assertEquals(2, counts.published());
    }

    @Test
    void sameValue_isNotToldAgain_alsoWhenItWaitsOrComesBackWhileWaiting() {
        // Given
        listen(reader, "webio.stream.lab.weather.now");
        publish("1", 0);

        // When
        PublishOutcome again = publish("1", 10);
        publish("2", 20);
        PublishOutcome waiting = publish("2", 30);
        publish("1", 40);
        hub.flush(NOW, 200);

        // Then
        assertEquals(new PublishOutcome.Unchanged(), again);
        assertEquals(new PublishOutcome.Unchanged(), waiting);
        assertEquals(List.of("1"), reader.payloads());
    }

    @Test
    void newcomer_getsTheKeptValue_afterItsAnswer_untilItIsTooOld() {
        // Given
        publish("1", 0);
        Reader late = new Reader(false);

        // When
        hub.subscribe(reader, wish("webio.stream.lab.weather.*"),
                taken -> reader.frames.add("{\"payload\":\"" + taken + "\"}"), 999);
        listenAt(late, 1_001, "webio.stream.lab.weather.now");

        // Then
        assertEquals(List.of("\"[webio.stream.lab.weather.*]\"", "1"), reader.payloads());
        assertEquals(List.of(), late.payloads());
    }

    @Test
    void publishers_hearOfFirstAndLastListener_andOfWishesForAValue() {
        // Given
        Reader skill = new Reader(true);
        Reader other = new Reader(false);
        listen(reader, "webio.stream.lab.weather.old");
        for (Reader publisher : List.of(skill, other)) {
            hub.subscribe(publisher, new StreamHub.Wish(List.of(),
                    List.of(ControlTopic.values())), taken -> { }, 0);
        }

        // When
        listen(reader, "webio.stream.lab.nodes.k.weather.now");
        listen(new Reader(false), "webio.stream.lab.nodes.k.weather.now");
        hub.remove(reader, 5);

        // Then
        List<String> heard = skill.payloads();
        assertEquals(List.of("subscribed weather.old", "subscribed weather.now",
                        " weather.now", "unsubscribed weather.old"),
                heard.stream().map(Reader::read).map(payload -> payload.path("action").asText()
                        + " " + payload.path("receiver").asText()).toList());
        assertTrue(heard.get(1).contains("\"node_id\":\"k\""), heard.get(1));
        assertEquals(List.of(), other.payloads());
    }

    @Test
    void owner_isAskedAtMostOnceASecond_andNeverWhenNothingIsKept() {
        // Given
        Reader skill = new Reader(true);
        hub.subscribe(skill, new StreamHub.Wish(List.of(),
                List.of(ControlTopic.SNAPSHOT_REQUESTED)), taken -> { }, 0);
        declared = SnapshotPolicy.ON_SUBSCRIBE;
        publish("1", 0);

        // When
        listenAt(reader, 1, "webio.stream.lab.weather.now");
        listenAt(new Reader(false), 500, "webio.stream.lab.weather.now");
        listenAt(new Reader(false), 1_002, "webio.stream.lab.weather.now");
        declared = SnapshotPolicy.NONE;
        listenAt(new Reader(false), 1_003, "webio.stream.lab.weather.other");

        // Then
        assertEquals(2, skill.payloads().size());
    }

    @Test
    void subscriptions_areBounded_perReaderAndInAll_andComeBack() {
        // Given
        List<String> many = IntStream.range(0, 6)
                .mapToObj(i -> "webio.stream.lab.s" + i).toList();
        List<String> taken = new ArrayList<>();
        Reader second = new Reader(false);
        Reader third = new Reader(false);

        // When
        hub.subscribe(reader, wish(many.toArray(String[]::new)), taken::addAll, 0);
        hub.subscribe(second, wish("webio.stream.lab.s0", "webio.stream.lab.s1",
                "webio.stream.lab.s2"), taken::addAll, 0);
        hub.remove(reader, 0);
        hub.subscribe(third, wish("webio.stream.lab.s0"), taken::addAll, 0);

        // Then
        assertEquals(4 + 2 + 1, taken.size());
        assertEquals(3, hub.subscriptions());
    }

    @Test
    void keptValues_areBounded_theOldestLeave_andWhatWaitsIsStillSent() {
        // Given
        listen(reader, "webio.stream.lab.s0");
        String large = '"' + "x".repeat(298) + '"';
        for (int i = 0; i < 3; i++) {
            publish(StreamTopic.of(LAB, "s" + i), large, 0);
        }
        publish(StreamTopic.of(LAB, "s0"), "\"waits\"", 10);
        reader.payloads();

        // When
        for (int i = 3; i < 6; i++) {
            publish(StreamTopic.of(LAB, "s" + i), large, 20);
        }

        // Then
        assertTrue(hub.keptBytes() <= 1_000, "kept " + hub.keptBytes());
        assertEquals(List.of("\"waits\""), reader.payloads());
        assertEquals(0, hub.flush(StreamTopic.of(LAB, "s0"), 300));
        assertEquals(List.of(), reader.payloads());
    }

    @Test
    void largeStream_thatManyListenTo_slowsDown() {
        // Given
        String large = '"' + "x".repeat(998) + '"';
        for (int i = 0; i < 6; i++) {
            listen(new Reader(false), "webio.stream.lab.weather.now");
        }
        StreamHub open = new StreamHub(new StreamHub.Limits(128, 10_000, 1_000, 1_000_000,
                1 << 20, 10, 1 << 20), topic -> declared, counts);
        for (int i = 0; i < 1_000; i++) {
            open.subscribe(new Reader(false), wish("webio.stream.lab.weather.now"),
                    taken -> { }, 0);
        }
        open.publish(publication(NOW, large, 0), 0);

        // When
        PublishOutcome next = open.publish(publication(NOW, "2", 1), 1);

        // Then
        assertEquals(new PublishOutcome.Coalesced(999), next);
    }

    @Test
    void coreStream_isToldWhereSomebodyListens_andShownToNewcomers() {
        // Given
        hub.add(new CoreStream() {
            @Override
            public List<String> receivers() {
                return List.of("rows");
            }

            @Override
            public List<StreamMessage> snapshot(StreamTopic topic) {
                return List.of(StreamMessage.delta("a", "{\"payload\":\"was\"}", ""),
                        StreamMessage.delta("b", "{\"payload\":\"is\"}", ""));
            }
        });
        listen(reader, "webio.stream.lab.rows");

        // When
        int told = hub.tell("rows", topic -> StreamMessage.delta("a",
                "{\"payload\":\"" + topic.text() + "\"}", ""));

        // Then
        assertEquals(1, told);
        assertEquals(List.of("\"was\"", "\"is\"", "\"webio.stream.lab.rows\""),
                reader.payloads());
        assertEquals(Map.of(true, true, false, false),
                Map.of(true, hub.isCore("rows"), false, hub.isCore("row")));
    }

    private PublishOutcome publish(String payload, long now) {
        return publish(NOW, payload, now);
    }

    private PublishOutcome publish(StreamTopic topic, String payload, long now) {
        return hub.publish(publication(topic, payload, now), now);
    }

    private static Publication publication(StreamTopic topic, String payload, long now) {
        return new Publication(topic, "skill:weather", payload, payload.length(), now, SLOW);
    }

    private void listen(Reader listener, String... topics) {
        listenAt(listener, 0, topics);
    }

    private void listenAt(Reader listener, long now, String... topics) {
        hub.subscribe(listener, wish(topics), taken -> { }, now);
    }

    private static StreamHub.Wish wish(String... topics) {
        return new StreamHub.Wish(
                List.of(topics).stream().map(TopicPattern::parse).toList(), List.of());
    }
}
