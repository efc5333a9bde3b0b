package io.adaos.hub.operations.retention;

import io.adaos.hub.operations.lifecycle.OperationStore;
import io.adaos.hub.operations.notification.NotificationStore;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Deletes what the retention policy does not keep, a bounded number at a time. */
@Singleton
public class RetentionJob {

    private static final Logger LOG = Logger.getLogger(RetentionJob.class);
    private static final int BATCH_MAX = 1_000;

    private final OperationStore operations;
    private final NotificationStore notifications;
    private final RetentionPolicy policy;

    RetentionJob(OperationStore operations, NotificationStore notifications,
            RetentionPolicy policy) {
        this.operations = operations;
        this.notifications = notifications;
        this.policy = policy;
    }

    /** One pass; never fails, the next pass tries again. */
    @Scheduled(every = "${hub.operations.retention.every:60s}",
            delayed = "${hub.operations.retention.every:60s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> run() {
        return operations
                .deleteEnded(policy.operationsKept(), policy.youngerThan(), BATCH_MAX)
                .chain(() -> notifications.deleteOld(
                        policy.notificationsKept(), policy.youngerThan(), BATCH_MAX))
                .replaceWithVoid()
                .onFailure().invoke(e -> LOG.warnf("event=retention_retry cause=%s",
                        e.getMessage()))
                .onFailure().recoverWithNull();
    }
}
