package io.adaos.hub.operations.retention;

import io.adaos.hub.operations.lifecycle.OperationStore;
import io.adaos.hub.operations.notification.NotificationStore;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Deletes what the retention policy does not keep, in batches that hold no lock for long. */
@Singleton
public class RetentionJob {

    private static final Logger LOG = Logger.getLogger(RetentionJob.class);
    private static final int BATCH_MAX = 1_000;
    private static final int BATCHES_MAX = 100;

    private final OperationStore operations;
    private final NotificationStore notifications;
    private final RetentionPolicy policy;

    RetentionJob(OperationStore operations, NotificationStore notifications,
            RetentionPolicy policy) {
        this.operations = operations;
        this.notifications = notifications;
        this.policy = policy;
    }

    /** One pass, up to 100,000 of each; never fails, the next pass goes on. */
    @Scheduled(every = "${hub.operations.retention.every:60s}",
            delayed = "${hub.operations.retention.every:60s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> run() {
        // the totals first: they are cheap to find and bound what the others have to sort
        return repeated(() -> operations.deleteBeyond(policy.total(), BATCH_MAX), BATCHES_MAX)
                .chain(() -> repeated(() -> notifications.deleteBeyond(
                        policy.total(), BATCH_MAX), BATCHES_MAX))
                .chain(() -> repeated(() -> operations.deleteEnded(
                        policy.operationsKept(), policy.youngerThan(), BATCH_MAX), BATCHES_MAX))
                .chain(() -> repeated(() -> notifications.deleteOld(
                        policy.notificationsKept(), policy.youngerThan(), BATCH_MAX),
                        BATCHES_MAX))
                .onFailure().invoke(e -> LOG.warnf("event=retention_retry cause=%s",
                        e.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** Until a batch is not full, and so many times at most. */
    private static Uni<Void> repeated(Supplier<Uni<Integer>> batch, int times) {
        return batch.get().chain(deleted -> deleted < BATCH_MAX || times == 1
                ? Uni.createFrom().voidItem() : repeated(batch, times - 1));
    }
}
