package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.ystore.PgStore;
import io.adaos.hub.testing.RestartablePostgres;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms whose database is killed, or does not answer. */
class StoreAwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RestartablePostgres server = RestartablePostgres.unstarted();
    private Replicas replica;

    @BeforeEach
    void start() {
        server.start();
        PgStore.migrate(server.url());
        replica = new Replicas(server.url(), PgStore.holder("only"));
    }

    @AfterEach
    void end() {
        replica.vanish();
        server.close();
    }

    @Test
    void database_killedUnderLoad_losesNothingAcknowledgedAndTheRoomComesBack() {
        // Given
        WebspaceRoom room = replica.desktop();
        Map<Long, String> kept = new ConcurrentHashMap<>();
        AtomicInteger count = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Runnable writer = () -> {
            String key = "k" + count.incrementAndGet();
            WriteOutcome outcome = put(room, key, 1).toCompletableFuture().join();
            if (outcome instanceof WriteOutcome.Applied applied) {
                kept.put(applied.generation(), key);
            } else if (outcome instanceof WriteOutcome.Refused no
                    && no.reason() == WriteOutcome.Reason.STORE_UNAVAILABLE) {
                refused.incrementAndGet();
            }
        };
        repeat(writer, () -> kept.size() < 300);

        // When
        server.kill();
        Thread blocked = new Thread(writer);
        blocked.start();
        await().atMost(PATIENCE).until(() -> !room.health().logAvailable());
        repeat(writer, () -> refused.get() < 5);
        int before = kept.size();
        assertTrue(got(room.state()).generation() >= before);
        server.start();

        // Then
        await().atMost(PATIENCE).until(() -> room.health().logAvailable());
        repeat(writer, () -> kept.size() < before + 100);
        Map<String, Object> stored = Replicas.stored(replica.postgres.store());
        kept.forEach((generation, key) ->
                assertTrue(stored.containsKey(key), key + " of " + generation + " is lost"));
    }

    @Test
    void append_thatHangs_isSaidAndWhenRepeatedIsThereOnce() throws InterruptedException {
        // Given
        WebspaceRoom room = replica.desktop();
        got(put(room, "a", 1));
        SqlConnection other = replica.postgres.pool().getConnectionAndAwait();
        other.query("BEGIN").executeAndAwait();
        other.query("LOCK TABLE update_log IN ACCESS EXCLUSIVE MODE").executeAndAwait();

        // When
        CompletionStage<WriteOutcome> waiting = put(room, "b", 2);
        await().atMost(PATIENCE).until(() -> !room.health().logAvailable());
        await().atMost(PATIENCE).until(() ->
                got(put(room, "c", 3)) instanceof WriteOutcome.Refused);
        assertFalse(waiting.toCompletableFuture().isDone());
        Thread.sleep(700);
        other.query("ROLLBACK").executeAndAwait();
        other.closeAndAwait();

        // Then
        assertEquals(2, RoomFixture.generation(got(waiting)));
        await().until(() -> room.health().logAvailable());
        assertInstanceOf(WriteOutcome.Applied.class, got(put(room, "d", 4)));
        assertEquals(3, got(replica.postgres.store().log()
                .readAfter(WebspaceId.DESKTOP, 0)).size());
    }

    private static void repeat(Runnable step, BooleanSupplier goOn) {
        for (int i = 0; i < 100_000 && goOn.getAsBoolean(); i++) {
            step.run();
        }
    }
}
