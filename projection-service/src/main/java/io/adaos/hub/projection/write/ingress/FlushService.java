package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.projection.governance.WriteGovernor;
import io.adaos.hub.projection.governance.edge.SteadyClock;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Lets deferred writes go when their time has come. */
@Singleton
public final class FlushService {

    private static final Logger LOG = Logger.getLogger(FlushService.class);
    private static final long EVERY_MILLIS = 20;

    private final Flushing flushing;
    private final RoomDirectory rooms;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "flush");
                made.setDaemon(true);
                return made;
            });

    FlushService(WriteGovernor governor, InstalledRulesService rules, RoomDirectory rooms,
            SteadyClock clock) {
        this.flushing = new Flushing(
                governor, rules::book, new RoomGate(rooms), clock::millis);
        this.rooms = rooms;
    }

    void start(@Observes StartupEvent event) {
        rooms.beforeSleep(flushing::drain);
        timer.scheduleWithFixedDelay(
                this::flushDue, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdown();
    }

    /** Writes all that waits, whatever its time; for the end of the process. */
    public CompletionStage<Void> drain() {
        return flushing.drain();
    }

    /** The edge of the thread: a timer forgets a task that throws. */
    private void flushDue() {
        try {
            flushing.flushDue();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=flush_failed");
        }
    }
}
