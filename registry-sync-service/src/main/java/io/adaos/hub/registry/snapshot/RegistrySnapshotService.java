package io.adaos.hub.registry.snapshot;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.registry.catalog.CatalogChanges;
import io.adaos.hub.registry.catalog.PgCatalogReads;
import io.adaos.hub.runtime.http.Etags;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps the bytes of {@code registry.json} until the catalog changes.
 *
 * <p>A push that this process has answered is in the next read; one that another process of this
 * service has answered is in it after one second at most.
 */
public final class RegistrySnapshotService {

    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final Supplier<Uni<String>> stamps;
    private final Supplier<Uni<List<CatalogEntry>>> entries;
    private final CatalogChanges changes;
    private final LongSupplier nanoTime;
    private final AtomicReference<Build> latest = new AtomicReference<>();

    public RegistrySnapshotService(PgCatalogReads reads, CatalogChanges changes) {
        this(reads::stamp, reads::all, changes, System::nanoTime);
    }

    RegistrySnapshotService(Supplier<Uni<String>> stamps,
            Supplier<Uni<List<CatalogEntry>>> entries, CatalogChanges changes,
            LongSupplier nanoTime) {
        this.stamps = stamps;
        this.entries = entries;
        this.changes = changes;
        this.nanoTime = nanoTime;
    }

    /**
     * The file as it stands.
     *
     * @param bytes not to be changed
     * @param etag strong, from the SHA-256 of the bytes
     */
    public record RegistryFile(byte[] bytes, String etag) {
    }

    /** The bytes of now; requests that come together share one read of the catalog. */
    public Uni<RegistryFile> current() {
        Build build = latest.get();
        if (build == null || build.changes != changes.count()) {
            return rebuilt(build);
        }
        long now = nanoTime.getAsLong();
        if (now - build.checkedAtNanos < RECHECK.toNanos()) {
            return build.file;
        }
        build.checkedAtNanos = now;
        return stamps.get().chain(stamp -> build.stamp.chain(before ->
                stamp.equals(before) ? build.file : rebuilt(build)));
    }

    private Uni<RegistryFile> rebuilt(Build old) {
        Build fresh = new Build();
        return latest.compareAndSet(old, fresh)
                ? fresh.file : Uni.createFrom().deferred(this::current);
    }

    /** One reading of the catalog, done once and shared; the count was read before it. */
    private final class Build {
        private final long changes = RegistrySnapshotService.this.changes.count();
        private final Uni<String> stamp;
        private final Uni<RegistryFile> file;
        private volatile long checkedAtNanos = nanoTime.getAsLong();

        /** The stamp is read first: a change in between makes the next check build again. */
        Build() {
            // a failure is forgotten before it is shared, whether or not anybody still waits
            this.stamp = Uni.createFrom().deferred(() -> stamps.get())
                    .onFailure().invoke(this::forget).memoize().indefinitely();
            this.file = stamp.chain(() -> entries.get()).map(read -> {
                byte[] bytes = RegistryJsonWriter.write(RegistryJsonWriter.snapshot(read));
                return new RegistryFile(bytes, Etags.strongOf(bytes));
            }).onFailure().invoke(this::forget).memoize().indefinitely();
        }

        private void forget() {
            latest.compareAndSet(this, null);
        }
    }
}
