package io.adaos.hub.projection.room;

import static io.adaos.hub.projection.room.RoomFixture.got;
import static io.adaos.hub.projection.room.RoomFixture.member;
import static io.adaos.hub.projection.room.RoomFixture.put;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.room.member.FakeTransport;
import io.adaos.hub.projection.ystore.LogRow;
import io.adaos.hub.projection.ystore.PgStore;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import io.adaos.hub.testing.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that fight for one webspace over one real database. */
class ReplicasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private String url;

    @BeforeEach
    void migrate() {
        url = TestPostgres.freshDatabase();
        PgStore.migrate(url);
    }

    @Test
    void webspace_ofALivingReplica_isRefusedElsewhereAndFreeAtItsGracefulStop() {
        // Given
        Replicas first = new Replicas(url, PgStore.holder("first"));
        try (Replicas second = new Replicas(url, PgStore.holder("second"))) {
            got(put(first.desktop(), "a", 1));
            CompletionException refused =
                    assertThrows(CompletionException.class, second::desktop);

            // When
            first.close();

            // Then
            assertEquals("http://first",
                    NotOwnerException.in(refused).orElseThrow().address());
            assertEquals(2, RoomFixture.generation(got(put(second.desktop(), "b", 2))));
        }
    }

    @Test
    void room_whoseLeaseWasTaken_closesItsSocketsAlthoughNobodyWrites() {
        // Given
        try (Replicas first = new Replicas(url, PgStore.holder("first"))) {
            WebspaceRoom room = first.desktop();
            FakeTransport socket = new FakeTransport();
            room.join(member(socket));
            await().until(() -> socket.sent().size() == 1);

            // When
            first.postgres.pool().query("UPDATE webspaces SET epoch = epoch + 1")
                    .executeAndAwait();

            // Then
            await().until(() -> socket.closed().equals(Optional.of(CloseReason.RESTART)));
            assertEquals(1012, CloseReason.RESTART.code());
        }
    }

    @Test
    void owner_thatIsStoppedUnderLoadAndGoesOn_isReplacedAndWritesNothingMore()
            throws IOException, InterruptedException {
        // Given
        try (ReplicaProcess first = ReplicaProcess.start(url, "first")) {
            await().atMost(PATIENCE).until(() -> first.kept().size() > 50);
            try (ReplicaProcess second = ReplicaProcess.start(url, "second")) {
                await().atMost(PATIENCE).until(() -> second.lines("not_owner").count() > 0);

                // When
                first.signal("STOP");
                await().atMost(PATIENCE).until(() -> second.kept().size() > 50);
                first.signal("CONT");
                await().atMost(PATIENCE).until(() -> first.lines("closed 1012").count() == 1);
                await().atMost(PATIENCE).until(() ->
                        first.lines("not_owner http://second").count() > 0);

                // Then
                second.signal("KILL");
                long before = first.kept().size();
                await().atMost(PATIENCE)
                        .until(() -> first.kept().size() > before);
                first.signal("KILL");
                assertNothingIsLostOrDoubled(first.kept(), second.kept());
            }
        }
    }

    /** One row per generation, epochs that only rise, and every acknowledged write is there. */
    private void assertNothingIsLostOrDoubled(
            List<ReplicaProcess.Kept> first, List<ReplicaProcess.Kept> second) {
        List<ReplicaProcess.Kept> all = new ArrayList<>(first);
        all.addAll(second);
        Set<Long> generations = new HashSet<>();
        all.forEach(kept -> assertTrue(generations.add(kept.generation()),
                "generation " + kept.generation() + " was given out twice"));
        try (PgStore postgres = new PgStore(url)) {
            Set<String> stored = Replicas.stored(postgres.store()).keySet();
            all.forEach(kept -> assertTrue(stored.contains(kept.key()), kept + " is lost"));
            List<LogRow> rows =
                    got(postgres.store().log().readAfter(WebspaceId.DESKTOP, 0));
            for (int i = 1; i < rows.size(); i++) {
                assertEquals(i + 1, rows.get(i).generation());
                assertTrue(rows.get(i).epoch() >= rows.get(i - 1).epoch());
            }
            assertTrue(rows.get(rows.size() - 1).epoch() >= 3);
        }
    }
}
