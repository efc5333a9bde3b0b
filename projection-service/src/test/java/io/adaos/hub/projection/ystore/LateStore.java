package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.lease.Holder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that does at once what opens a room, and tells it when it is let. */
public final class LateStore implements WebspaceStore, DocSnapshotStore {

    private final InMemoryYStore store;
    private final List<CompletableFuture<Void>> leases = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> snapshots = new CopyOnWriteArrayList<>();

    private final AtomicInteger refusedRenewals = new AtomicInteger();

    public LateStore(InMemoryYStore store) {
        this.store = store;
    }

    /** A store over these ports. */
    public YStore open() {
        return new YStore(this, store, this, store);
    }

    /** How many leases were given so far. */
    public int leases() {
        return leases.size();
    }

    /** Tells the lease that was given as this one, from 0. */
    public void tellLease(int index) {
        leases.get(index).complete(null);
    }

    /** How many snapshots were read so far. */
    public int snapshots() {
        return snapshots.size();
    }

    /** Tells the snapshot that was read as this one, from 0. */
    public void tellSnapshot(int index) {
        snapshots.get(index).complete(null);
    }

    /** How often a lease was not renewed since it was lost. */
    public int refusedRenewals() {
        return refusedRenewals.get();
    }

    @Override
    public CompletionStage<Acquisition> acquire(WebspaceId webspace, Holder holder) {
        return late(leases, store.acquire(webspace, holder));
    }

    @Override
    public CompletionStage<Optional<DocSnapshot>> newest(WebspaceId webspace) {
        return late(snapshots, store.newest(webspace));
    }

    @Override
    public CompletionStage<Creation> create(WebspaceId webspace, String createdBy) {
        return store.create(webspace, createdBy);
    }

    @Override
    public CompletionStage<List<WebspaceId>> list() {
        return store.list();
    }

    @Override
    public CompletionStage<List<ClientIds>> clientIds(WebspaceId webspace) {
        return store.clientIds(webspace);
    }

    @Override
    public CompletionStage<Void> unused(WebspaceId webspace, ClientIds run) {
        return store.unused(webspace, run);
    }

    @Override
    public CompletionStage<Set<WebspaceId>> renew(Holder holder, Collection<Lease> leases) {
        return store.renew(holder, leases).whenComplete((held, failure) -> {
            if (held.size() < leases.size()) {
                refusedRenewals.incrementAndGet();
            }
        });
    }

    @Override
    public CompletionStage<Void> release(Collection<Lease> leases) {
        return store.release(leases);
    }

    @Override
    public CompletionStage<Boolean> compact(DocSnapshot snapshot) {
        return store.compact(snapshot);
    }

    private static <T> CompletionStage<T> late(
            List<CompletableFuture<Void>> told, CompletionStage<T> answer) {
        CompletableFuture<Void> permission = new CompletableFuture<>();
        told.add(permission);
        return permission.thenCompose(now -> answer);
    }
}
