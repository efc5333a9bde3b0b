package io.adaos.hub.projection.platform;

import io.adaos.hub.projection.gateway.SessionDirectory;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.RoomServices;
import io.adaos.hub.projection.room.RoomSettings;
import io.adaos.hub.projection.ystore.PgDocSnapshotStore;
import io.adaos.hub.projection.ystore.PgUpdateLog;
import io.adaos.hub.projection.ystore.PgWebspaceStore;
import io.adaos.hub.projection.ystore.YStore;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Wires store, rooms and sockets, and ends them in order. */
@Singleton
final class ProjectionBeans {


    private static final int CLOSE_TRIES = 100;
    private static final long CLOSE_TRY_MILLIS = 10;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), named("room"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(named("room-timer"));

    @Produces
    @Singleton
    YStore ystore(Pool pool, PgTransactions transactions) {
        return new YStore(
                new PgWebspaceStore(pool),
                new PgUpdateLog(pool, transactions),
                new PgDocSnapshotStore(pool, transactions),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    RoomDirectory rooms(YStore store) {
        String holder = "projection-service-" + ProcessHandle.current().pid();
        return new RoomDirectory(new RoomServices(
                store, holder, threads, timer, Clock.systemUTC(), RoomSettings.DEFAULT));
    }

    @Produces
    @Singleton
    SessionDirectory sessions() {
        return new SessionDirectory(Clock.systemUTC());
    }

    void start(@Observes StartupEvent event, RoomDirectory rooms, SessionDirectory sessions) {
        rooms.start();
        sessions.start(timer);
    }

    /** Clients hear that the service restarts, before the server ends their connections. */
    void endRooms(@Observes ShutdownDelayInitiatedEvent event, RoomDirectory rooms,
            SessionDirectory sessions) throws InterruptedException {
        rooms.close();
        for (int i = 0; i < CLOSE_TRIES && sessions.size() > 0; i++) {
            Thread.sleep(CLOSE_TRY_MILLIS);
        }
    }

    void stop(@Observes ShutdownEvent event, RoomDirectory rooms) {
        rooms.close();
        timer.shutdown();
        threads.shutdown();
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
