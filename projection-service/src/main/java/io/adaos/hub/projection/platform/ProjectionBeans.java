package io.adaos.hub.projection.platform;

import io.adaos.hub.projection.gateway.GatewayConfig;
import io.adaos.hub.projection.gateway.SessionDirectory;
import io.adaos.hub.projection.governance.edge.GovernanceConfig;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.RoomServices;
import io.adaos.hub.projection.room.RoomSettings;
import io.adaos.hub.projection.room.setaside.SetAsideDesk;
import io.adaos.hub.projection.room.upkeep.RoomUpkeep;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.write.ingress.FlushService;
import io.adaos.hub.projection.write.upkeep.DirectBranches;
import io.adaos.hub.projection.write.upkeep.ModalIdRepair;
import io.adaos.hub.projection.ystore.YStore;
import io.adaos.hub.projection.ystore.lease.Holder;
import io.adaos.hub.projection.ystore.lease.LeaseTerms;
import io.adaos.hub.projection.ystore.pg.PgDocSnapshotStore;
import io.adaos.hub.projection.ystore.pg.PgSetAsideStore;
import io.adaos.hub.projection.ystore.pg.PgUpdateLog;
import io.adaos.hub.projection.ystore.pg.PgWebspaceStore;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Wires store, rooms and sockets, and ends them in order. */
@Singleton
final class ProjectionBeans {

    private static final Logger LOG = Logger.getLogger(ProjectionBeans.class);
    private static final int RELEASE_SECONDS_MAX = 2;
    private static final long FLUSH_SECONDS_MAX = 3;
    private static final int CLOSE_TRIES = 100;
    private static final long CLOSE_TRY_MILLIS = 10;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), named("room"));
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(named("room-background"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(named("room-timer"));
    private final NatsSetAsidePublisher events;

    ProjectionBeans(NatsSetAsidePublisher events) {
        this.events = events;
    }

    @Produces
    @Singleton
    YStore ystore(Pool pool) {
        return new YStore(
                new PgWebspaceStore(pool),
                new PgUpdateLog(pool),
                new PgDocSnapshotStore(pool),
                new PgSetAsideStore(pool));
    }

    @Produces
    @Singleton
    UpkeepCounts upkeepCounts() {
        return new UpkeepCounts();
    }

    @Produces
    @Singleton
    RoomUpkeep upkeep(InstalledRulesService rules, GovernanceConfig governance,
            UpkeepCounts counts) {
        return new RoomUpkeep(new DirectBranches(
                rules::book, governance.directWrites(), Clock.systemUTC()),
                new ModalIdRepair(), counts);
    }

    @Produces
    @Singleton
    RoomSettings roomSettings(GatewayConfig gateway, RoomsConfig rooms) {
        return RoomSettings.DEFAULT.gathering(gateway.gatherWindow())
                .sleeping(rooms.settings());
    }

    @Produces
    @Singleton
    Holder holder(@ConfigProperty(name = "hub.replica.address") String address) {
        return new Holder("projection-service-" + UUID.randomUUID(), address,
                LeaseTerms.DEFAULT);
    }

    @Produces
    @Singleton
    RoomDirectory rooms(YStore store, Holder holder, RoomUpkeep upkeep, RoomSettings settings) {
        return new RoomDirectory(new RoomServices(store, holder, threads, background, timer,
                Clock.systemUTC(), settings, events, upkeep));
    }

    @Produces
    @Singleton
    SetAsideDesk setAsides(RoomDirectory rooms, YStore store) {
        return new SetAsideDesk(rooms, store.setAsides());
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

    /**
     * What waits is written; then clients hear that the service restarts, before the server ends
     * their connections.
     */
    void endRooms(@Observes ShutdownDelayInitiatedEvent event, RoomDirectory rooms,
            SessionDirectory sessions, FlushService flushes) throws InterruptedException {
        awaitFlush(flushes);
        CompletionStage<Void> released = rooms.close();
        for (int i = 0; i < CLOSE_TRIES && sessions.size() > 0; i++) {
            Thread.sleep(CLOSE_TRY_MILLIS);
        }
        await(released);
    }

    void stop(@Observes ShutdownEvent event, RoomDirectory rooms) {
        rooms.close();
        timer.shutdown();
        background.shutdown();
        threads.shutdown();
    }

    /** A database that is away must not keep the service from ending. */
    private static void await(CompletionStage<Void> released) throws InterruptedException {
        try {
            released.toCompletableFuture().get(RELEASE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("event=leases_not_released cause=%s", e);
        }
    }

    private static void awaitFlush(FlushService flushes) throws InterruptedException {
        try {
            flushes.drain().toCompletableFuture().get(FLUSH_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("event=deferred_writes_lost cause=%s", e);
        }
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
