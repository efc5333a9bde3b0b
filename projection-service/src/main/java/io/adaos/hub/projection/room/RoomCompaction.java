package io.adaos.hub.projection.room;

import io.adaos.hub.projection.ystore.DocSnapshot;
import io.adaos.hub.projection.ystore.Lease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Turns the log of a room into a snapshot, beside its writer: from bytes that nobody changes, one
 * document at a time in the whole process. One that fails is tried again.
 */
final class RoomCompaction {

    private static final Logger LOG = Logger.getLogger(RoomCompaction.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RoomServices services;
    private final Lease lease;
    private final DurableCopy durable;
    private final Executor writer;

    // writer only
    private boolean underWay;
    private long failedAt = System.nanoTime() - PAUSE_NANOS;

    RoomCompaction(RoomServices services, Lease lease, DurableCopy durable, Executor writer) {
        this.services = services;
        this.lease = lease;
        this.durable = durable;
        this.writer = writer;
    }

    /**
     * Starts one when the log is long enough. Called by the writer.
     *
     * @param generation the newest in the log
     */
    void startIfDue(long generation) {
        boolean due = services.settings().compaction()
                .isDue(durable.tailRows(), durable.tailBytes(), durable.baseBytes());
        if (!due || underWay || System.nanoTime() - failedAt < PAUSE_NANOS) {
            return;
        }
        underWay = true;
        DurableCopy.Frozen frozen = durable.freeze();
        CompletableFuture.supplyAsync(frozen::encode, services.background())
                .thenCompose(state -> services.store().snapshots()
                        .compact(DocSnapshot.of(lease, generation, state))
                        .thenApply(kept -> state))
                .whenComplete((state, failure) -> writer.execute(() -> {
                    underWay = false;
                    if (failure == null) {
                        durable.rebase(state, frozen.rows());
                    } else {
                        failedAt = System.nanoTime();
                        LOG.warnf("event=room_compaction_failed webspaceId=%s cause=%s",
                                lease.webspace(), failure);
                    }
                }));
    }
}
