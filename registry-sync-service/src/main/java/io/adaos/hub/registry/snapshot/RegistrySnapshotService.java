package io.adaos.hub.registry.snapshot;

import io.adaos.hub.registry.catalog.CatalogChanges;
import io.adaos.hub.registry.catalog.PgCatalogReads;
import io.adaos.hub.runtime.http.Etags;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the bytes of {@code registry.json} until the catalog changes.
 *
 * <p>A push that this process has answered is in the next read; one that another process of this
 * service has answered is in it after one second at most.
 */
public final class RegistrySnapshotService {

    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final PgCatalogReads reads;
    private final CatalogChanges changes;
    private final Clock clock;
    private final AtomicReference<Build> latest = new AtomicReference<>();

    public RegistrySnapshotService(PgCatalogReads reads, CatalogChanges changes, Clock clock) {
        this.reads = reads;
        this.changes = changes;
        this.clock = clock;
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
        if (clock.millis() < build.checkedAtMillis + RECHECK.toMillis()) {
            return build.file;
        }
        build.checkedAtMillis = clock.millis();
        return reads.stamp().chain(stamp -> build.stamp.chain(before ->
                stamp.equals(before) ? build.file : rebuilt(build)));
    }

    private Uni<RegistryFile> rebuilt(Build old) {
        Build fresh = new Build(changes.count(), clock.millis(), reads);
        if (latest.compareAndSet(old, fresh)) {
            return fresh.file.onFailure().invoke(() -> latest.compareAndSet(fresh, null));
        }
        return Uni.createFrom().deferred(this::current);
    }

    /** One reading of the catalog, done once and shared; the count was read before it. */
    private static final class Build {
        private final long changes;
        private final Uni<String> stamp;
        private final Uni<RegistryFile> file;
        private volatile long checkedAtMillis;

        Build(long changes, long nowMillis, PgCatalogReads reads) {
            this.changes = changes;
            this.checkedAtMillis = nowMillis;
            // the stamp is read first: a change in between makes the next check build again
            this.stamp = reads.stamp().memoize().indefinitely();
            this.file = stamp.chain(reads::all).map(entries -> {
                byte[] bytes = RegistryJsonWriter.write(RegistryJsonWriter.snapshot(entries));
                return new RegistryFile(bytes, Etags.strongOf(bytes));
            }).memoize().indefinitely();
        }
    }
}
