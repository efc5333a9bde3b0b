package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.room.branch.RoomDocs;
import io.adaos.hub.projection.room.mailbox.MailboxLimits;
import io.adaos.hub.projection.room.upkeep.RoomUpkeep;
import io.adaos.hub.projection.room.upkeep.SleepSettings;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.projection.ystore.CompactionPolicy;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.PgStore;
import io.adaos.hub.projection.ystore.YStore;
import io.adaos.hub.projection.ystore.lease.Holder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One replica over a real database, as the service wires it; its rooms never forget a row. */
final class Replicas implements AutoCloseable {

    private static final CompactionPolicy NEVER = new CompactionPolicy(1 << 30, 1L << 40);

    final PgStore postgres;
    final List<WebspaceId> told = new CopyOnWriteArrayList<>();
    final RoomDirectory rooms;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);

    Replicas(String url, Holder holder) {
        this(url, holder, NEVER);
    }

    Replicas(String url, Holder holder, CompactionPolicy compaction) {
        postgres = new PgStore(url);
        rooms = new RoomDirectory(new RoomServices(postgres.store(), holder, threads, threads,
                threads, Clock.systemUTC(), new RoomSettings(MailboxLimits.DEFAULT, compaction,
                        Duration.ofMillis(50), Duration.ofMillis(500),
                        Duration.ofMillis(500), Duration.ofSeconds(20),
                        Duration.ofMillis(20), SleepSettings.DEFAULT),
                (webspace, damage) -> told.add(webspace),
                new RoomUpkeep((webspace, branch) -> false, roots -> List.of(),
                        new UpkeepCounts())));
        rooms.start();
    }

    WebspaceRoom desktop() {
        return RoomFixture.got(rooms.room(WebspaceId.DESKTOP)).orElseThrow();
    }

    /** The root {@code data} as the store holds it, without owning anything. */
    static Map<String, Object> stored(YStore store) {
        LoadedDoc loaded = LoadedDoc.of(RoomFixture.got(
                store.recover(new Lease(WebspaceId.DESKTOP, 0, 1, 0))));
        return data(loaded.doc());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(Doc doc) {
        return (Map<String, Object>) RoomDocs.materialize(doc).getOrDefault("data", Map.of());
    }

    /** As {@code kill -9} would end it: nothing is given back. */
    void vanish() {
        threads.shutdownNow();
        postgres.close();
    }

    @Override
    public void close() {
        RoomFixture.got(rooms.close());
        vanish();
    }
}
