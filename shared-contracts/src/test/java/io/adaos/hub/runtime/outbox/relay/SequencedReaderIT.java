package io.adaos.hub.runtime.outbox.relay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.runtime.outbox.Freshness;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequencedReaderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void reader_convergesWhateverHappensToTheBus() throws Exception {
        // Given
        try (OutboxFixture owner = OutboxFixture.fresh();
                FollowerFixture follower = new FollowerFixture(owner)) {
            owner.relay();
            IntStream.range(0, 50).forEach(i -> owner.append("a" + i));
            follower.start();
            await().atMost(PATIENCE).until(() -> follower.keys().size() == 50);
            CompletableFuture<Void> writing = OutboxFixture.aside(
                    () -> IntStream.range(0, 1_500).forEach(i -> owner.append("b" + i)));

            // When
            TimeUnit.MILLISECONDS.sleep(500);
            owner.nats.kill();
            TimeUnit.MILLISECONDS.sleep(500);
            owner.nats.restart();
            TimeUnit.MILLISECONDS.sleep(500);
            owner.nats.wipe();
            TimeUnit.MILLISECONDS.sleep(500);
            owner.nats.restart();
            writing.join();

            // Then
            await().atMost(PATIENCE).until(() -> follower.keys().size() == 1_550);
            await().atMost(PATIENCE).until(() ->
                    follower.reader().state().sequence() == 1_550);
            assertEquals(Freshness.FRESH, follower.reader().state().freshness());
            assertEquals(List.of(), follower.faults());
        }
    }

    @Test
    void reader_pollsWhileTheBusIsAway() throws Exception {
        // Given
        try (OutboxFixture owner = OutboxFixture.fresh();
                FollowerFixture follower = new FollowerFixture(owner)) {
            owner.relay();
            owner.append("a");
            follower.start();
            await().atMost(PATIENCE).until(() -> follower.keys().contains("a"));

            // When
            owner.nats.kill();
            owner.append("b");

            // Then
            await().atMost(PATIENCE).until(() -> follower.keys().contains("b"));
            await().atMost(PATIENCE).until(() -> follower.unchanged() >= 1);
            assertTrue(follower.reader().state().freshness() != Freshness.STALE);
        }
    }

    @Test
    void reader_isHonestWhenTheOwnerIsGone_andHealsAlone() throws Exception {
        // Given
        try (OutboxFixture owner = OutboxFixture.fresh();
                FollowerFixture follower = new FollowerFixture(owner)) {
            owner.relay();
            owner.append("a");
            follower.breakLists(true);
            follower.start();
            TimeUnit.MILLISECONDS.sleep(600);
            Freshness before = follower.reader().state().freshness();

            // When
            follower.breakLists(false);

            // Then
            await().atMost(PATIENCE).until(() -> follower.keys().contains("a"));
            assertEquals(Freshness.STALE, before);
            assertTrue(follower.reader().state().listed());
        }
    }

    @Test
    void reader_listsAgainAfterAnotherEpochAndAfterASinkFault() throws Exception {
        // Given
        try (OutboxFixture owner = OutboxFixture.fresh();
                FollowerFixture follower = new FollowerFixture(owner)) {
            owner.relay();
            owner.append("a");
            follower.start();
            await().atMost(PATIENCE).until(() -> follower.keys().contains("a"));
            await().atMost(PATIENCE).until(() -> owner.health().get("lag").equals(0L));

            // When
            owner.pool.query("UPDATE outbox_head SET epoch = 'restored'").execute()
                    .await().atMost(PATIENCE);
            owner.append("b");
            await().atMost(PATIENCE).until(() -> follower.reader().state().epoch()
                    .equals(Optional.of("restored")));
            follower.failNextApply();
            owner.append("c");

            // Then
            await().atMost(PATIENCE).until(() -> follower.keys().contains("c"));
            await().atMost(PATIENCE).until(() -> follower.reader().state().sequence() == 3);
            assertEquals(List.of(), follower.faults());
        }
    }

    @Test
    void parkedFact_isApplied_soThatTheReaderGoesOn() throws Exception {
        // Given
        try (OutboxFixture owner = OutboxFixture.fresh();
                FollowerFixture follower = new FollowerFixture(owner)) {
            owner.relay();
            follower.start();
            owner.append("a");
            await().atMost(PATIENCE).until(() -> follower.keys().contains("a"));

            // When
            owner.transactions.write(tx -> owner.outbox.append(tx,
                    new OutboxEvent("elsewhere.made", "t.v1", "lost", null, Map.of())))
                    .await().atMost(PATIENCE);
            owner.append("b");

            // Then
            await().atMost(PATIENCE).until(() -> follower.keys().contains("b"));
            assertTrue(follower.keys().contains("lost"));
        }
    }
}
