package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.lease.Holder;
import io.adaos.hub.projection.ystore.lease.NotOwnerException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Opens documents: takes the lease, reads snapshot and log, and puts aside what is damaged. */
public final class YStore {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final WebspaceStore webspaces;
    private final UpdateLog log;
    private final DocSnapshotStore snapshots;
    private final SetAsideStore setAsides;
    private final Clock clock = Clock.systemUTC();

    public YStore(WebspaceStore webspaces, UpdateLog log, DocSnapshotStore snapshots,
            SetAsideStore setAsides) {
        this.webspaces = webspaces;
        this.log = log;
        this.snapshots = snapshots;
        this.setAsides = setAsides;
    }

    /** Which webspaces exist. */
    public WebspaceStore webspaces() {
        return webspaces;
    }

    /** Where rooms append. */
    public UpdateLog log() {
        return log;
    }

    /** Where rooms put their snapshots. */
    public DocSnapshotStore snapshots() {
        return snapshots;
    }

    /** Where what is damaged waits for an operator. */
    public SetAsideStore setAsides() {
        return setAsides;
    }

    /**
     * Takes the right to write a webspace; empty when there is none of that name. The stage fails
     * with {@link NotOwnerException} while another replica holds it.
     */
    public CompletionStage<Optional<Lease>> acquire(WebspaceId webspace, Holder holder) {
        return webspaces.acquire(webspace, holder).thenApply(result -> {
            if (result instanceof WebspaceStore.Acquisition.HeldBy held) {
                throw new NotOwnerException(webspace, held.address(), held.waitAtMost());
            }
            return result instanceof WebspaceStore.Acquisition.Granted granted
                    ? Optional.of(granted.lease()) : Optional.empty();
        });
    }

    /** Moves what cannot be used out of the way; its generations are never given out again. */
    public CompletionStage<Void> setAside(Lease lease, RecoveredDoc.Damage damage) {
        String name = lease.webspace() + "-" + STAMP.format(clock.instant())
                + "-" + lease.epoch();
        return setAsides.move(lease, damage, name);
    }

    /** Everything a room needs to start. */
    public CompletionStage<RecoveredDoc> recover(Lease lease) {
        return webspaces.clientIds(lease.webspace()).thenCompose(serverIds ->
                snapshots.newest(lease.webspace()).thenCompose(snapshot -> {
                    long after = snapshot.map(DocSnapshot::generation).orElse(0L);
                    return log.readAfter(lease.webspace(), after).thenCompose(rows ->
                            withoutDamage(RecoveredDoc.of(lease, serverIds, snapshot, rows)));
                }));
    }

    private CompletionStage<RecoveredDoc> withoutDamage(RecoveredDoc recovered) {
        if (recovered.damage().isEmpty()) {
            return CompletableFuture.completedStage(recovered);
        }
        return setAside(recovered.lease(), recovered.damage().get()).thenApply(done -> recovered);
    }
}
