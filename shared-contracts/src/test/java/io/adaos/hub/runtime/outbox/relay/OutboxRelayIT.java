package io.adaos.hub.runtime.outbox.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.testing.TestNats;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutboxRelayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void concurrentWritersAndRollbacks_leaveNoHoleAndNothingOut() throws Exception {
        // Given
        long seed = 20261120;
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();
            ExecutorService writers = Executors.newFixedThreadPool(8);

            // When
            CompletableFuture<?>[] writes = IntStream.range(0, 8)
                    .mapToObj(writer -> CompletableFuture.runAsync(
                            () -> write(fixture, writer, new Random(seed + writer)), writers))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(writes).join();
            writers.shutdown();

            // Then
            long committed = committed(fixture);
            await().atMost(PATIENCE).until(() -> fixture.health().get("lag").equals(0L));
            assertEquals(committed, fixture.position().sequence(), "seed " + seed);
            assertEquals(upTo(committed), fixture.sequencesOnStream(), "seed " + seed);
        }
    }

    @Test
    void manyFactsOfOneStatement_comeInTheirOrder() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();
            List<String> ids = List.of("c", "a", "b");

            // When
            fixture.transactions.write(tx -> fixture.outbox.appendAll(
                    tx, ids.stream().map(OutboxFixture::event).toList())).await().atMost(PATIENCE);

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(3L));
            assertEquals(ids, fixture.onStream().stream().map(EventEnvelope::subject).toList());
        }
    }

    @Test
    void fact_isACloudEventWithPositionAndCorrelation() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();

            // When
            fixture.append("a");

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(1L));
            EventEnvelope<JsonNode> event = fixture.onStream().get(0);
            String epoch = fixture.position().epoch();
            assertEquals(OutboxFixture.SERVICE + "-" + epoch + "-1", event.id());
            assertEquals(List.of(epoch, "a", "corr-a"),
                    List.of(event.epoch(), event.subject(), event.correlationId()));
            assertEquals("a", event.data().get("id").asText());
        }
    }

    @Test
    void numbering_goesOnWhileNatsIsAway_andEverythingIsPublishedInOrderLater() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.with(TestNats.unstarted())) {
            fixture.relay();
            IntStream.range(0, 500).forEach(i -> fixture.append("a" + i));
            await().atMost(PATIENCE).until(() -> fixture.position().sequence() == 500);
            assertEquals(500L, fixture.health().get("lag"));

            // When
            fixture.nats.restart();

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("lag").equals(0L));
            assertEquals(upTo(500), fixture.sequencesOnStream());
        }
    }

    @Test
    void killedNats_getsEveryFactOnceAndInOrder() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();
            CompletableFuture<Void> writing = OutboxFixture.aside(
                    () -> IntStream.range(0, 3_000).forEach(i -> fixture.append("a" + i)));

            // When
            for (int i = 0; i < 3; i++) {
                Thread.sleep(700);
                fixture.nats.kill();
                Thread.sleep(300);
                fixture.nats.restart();
            }
            writing.join();

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("lag").equals(0L));
            List<Long> sequences = fixture.sequencesOnStream();
            assertEquals(sequences.stream().sorted().distinct().toList(), sequences);
            assertEquals(3_000L, sequences.get(sequences.size() - 1));
        }
    }

    @Test
    void wipedNats_getsItsStreamAndNewFactsBack() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();
            fixture.append("before");
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(1L));

            // When
            fixture.nats.wipe();
            fixture.append("during");
            fixture.nats.restart();
            fixture.append("after");

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("lag").equals(0L));
            assertEquals(List.of(2L, 3L), fixture.sequencesOnStream());
        }
    }

    @Test
    void crashBetweenNumberAndPublish_isMadeGood() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            IntStream.range(0, 10).forEach(i -> fixture.append("a" + i));
            new PgRelayStore(fixture.pool).number(4).await().atMost(PATIENCE);

            // When
            fixture.relay();

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(10L));
            assertEquals(upTo(10), fixture.sequencesOnStream());
        }
    }

    @Test
    void crashBetweenPublishAndMark_publishesNothingTwice() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            OutboxRelay first = fixture.relay();
            IntStream.range(0, 10).forEach(i -> fixture.append("a" + i));
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(10L));
            first.close();
            fixture.pool.query("UPDATE outbox_head SET published = 3").execute()
                    .await().atMost(PATIENCE);

            // When
            fixture.relay();
            fixture.append("last");

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(11L));
            assertEquals(upTo(11), fixture.sequencesOnStream());
        }
    }

    @Test
    void unpublishableFacts_areParkedAndLeaveATombstone() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();
            OutboxEvent tooLarge = new OutboxEvent(OutboxFixture.event("big").subject(), "t.v1",
                    "big", null, Map.of("text", "x".repeat(2_000_000)));
            OutboxEvent unroutable =
                    new OutboxEvent("elsewhere.created", "t.v1", "lost", null, Map.of());

            // When
            fixture.append("a");
            append(fixture, tooLarge);
            append(fixture, unroutable);
            fixture.append("b");

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(4L));
            assertEquals(2L, fixture.health().get("parked"));
            assertEquals(false, fixture.health().get("ok"));
            List<EventEnvelope<JsonNode>> events = fixture.onStream();
            assertEquals(List.of("a", "big", "lost", "b"),
                    events.stream().map(EventEnvelope::subject).toList());
            assertEquals("io.adaos.hub.catalog.parked.v1", events.get(1).type());
            assertTrue(events.get(1).data().get("reason").asText().contains("NATS takes"));
        }
    }

    @Test
    void secondRelay_takesOverWhenTheFirstEnds() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            OutboxRelay first = fixture.relay();
            fixture.append("a");
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(1L));
            fixture.relay();
            fixture.append("across");
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(2L));

            // When
            first.close();
            fixture.append("b");

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(3L));
            assertEquals(upTo(3), fixture.sequencesOnStream());
        }
    }

    @Test
    void lostLockConnection_isReplaced() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();
            fixture.append("a");
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(1L));

            // When
            fixture.pool.preparedQuery("""
                    SELECT pg_terminate_backend(pid) FROM pg_locks
                    WHERE locktype = 'advisory' AND database = (
                        SELECT oid FROM pg_database WHERE datname = current_database())""")
                    .execute(Tuple.tuple()).await().atMost(PATIENCE);
            fixture.append("b");

            // Then
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(2L));
            assertEquals(upTo(2), fixture.sequencesOnStream());
        }
    }

    @Test
    void cleaner_deletesWhatWasPublishedLongAgo() throws Exception {
        // Given
        try (OutboxFixture fixture = OutboxFixture.fresh()) {
            fixture.relay();
            IntStream.range(0, 3).forEach(i -> fixture.append("a" + i));
            await().atMost(PATIENCE).until(() -> fixture.health().get("published").equals(3L));
            fixture.pool.query("""
                    UPDATE outbox SET published_at = now() - interval '2 hours'
                    WHERE sequence < 3""").execute().await().atMost(PATIENCE);

            // When
            int deleted = new PgRelayStore(fixture.pool)
                    .clean(Duration.ofHours(1), Duration.ofDays(7), 100)
                    .await().atMost(PATIENCE);

            // Then
            assertEquals(2, deleted);
        }
    }

    private static void write(OutboxFixture fixture, int writer, Random random) {
        for (int i = 0; i < 150; i++) {
            if (random.nextInt(4) == 0) {
                fixture.appendAndRollBack("r" + writer + "-" + i);
            } else {
                fixture.append("w" + writer + "-" + i);
            }
        }
    }

    private static void append(OutboxFixture fixture, OutboxEvent event) {
        fixture.transactions.write(tx -> fixture.outbox.append(tx, event)).await().atMost(PATIENCE);
    }

    private static long committed(OutboxFixture fixture) {
        return fixture.pool.query("SELECT count(*) FROM outbox").execute()
                .await().atMost(PATIENCE).iterator().next().getLong(0);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
