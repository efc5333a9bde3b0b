package io.adaos.hub.operations.work;

import io.adaos.hub.operations.work.node.NodeDirectory;
import io.adaos.hub.operations.work.node.PgNodes;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Every second: gives up what no node does, and hears of what other processes have ordered. */
@Singleton
public class WorkJob {

    private static final Logger LOG = Logger.getLogger(WorkJob.class);
    private static final int FIRST = 1;

    private final PgWorkStore store;
    private final PgWorkReaper reaper;
    private final PgNodes nodes;
    private final NodeDirectory directory;
    private final WaitingClaims waiting;
    private final WorkService work;

    WorkJob(WorkService.Stores stores, PgWorkReaper reaper, WorkService work) {
        this.store = stores.work();
        this.nodes = stores.nodes();
        this.directory = stores.directory();
        this.waiting = stores.waiting();
        this.reaper = reaper;
        this.work = work;
    }

    void onStart(@Observes StartupEvent event) {
        run().subscribe().with(done -> { }, failure -> { });
    }

    /** Before the service waits for the requests under way. */
    void onEnd(@Observes @Priority(FIRST) ShutdownDelayInitiatedEvent event) {
        waiting.end();
    }

    /** One pass; never fails, the next one goes on. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> run() {
        return reaper.reap().invoke(given -> {
            if (given > 0) {
                LOG.infof("event=work_given_up count=%d", given);
                work.nudge();
            }
        })
                .chain(nodes::ids).invoke(directory::refresh)
                .chain(() -> store.waitedFor(waiting.nodes()))
                .invoke(some -> some.forEach(waiting::ring))
                .replaceWithVoid()
                .onFailure().invoke(e -> LOG.warnf("event=work_retry cause=%s", e.getMessage()))
                .onFailure().recoverWithNull();
    }
}
