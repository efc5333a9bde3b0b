package io.adaos.hub.registry.push;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.registry.blob.PgBlobStore;
import io.adaos.hub.registry.blob.StoredFile;
import io.adaos.hub.registry.catalog.PgCatalogStore;
import io.adaos.hub.registry.catalog.Publication;
import io.adaos.hub.registry.catalog.Published;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The one way into the catalog, for skills and scenarios, for real and as a dry run. */
public final class ArtifactPushService {

    /** Each holds a connection of the pool for as long as it stores. */
    private static final int STORING_MAX = 4;
    private static final Duration STORING_WAIT = Duration.ofSeconds(10);

    private final ArtifactInspector inspector;
    private final PgCatalogStore catalog;
    private final PgBlobStore blobs;
    private final PushAdmission admission = new PushAdmission(STORING_MAX, STORING_WAIT);

    public ArtifactPushService(
            ArtifactInspector inspector, PgCatalogStore catalog, PgBlobStore blobs) {
        this.inspector = inspector;
        this.catalog = catalog;
        this.blobs = blobs;
    }

    /**
     * Reads the archive on the calling thread, then publishes it in one transaction.
     *
     * @return fails with a refusal that names all that is wrong, or with RATE_LIMITED while too
     *     many others are stored; then nothing is stored
     */
    Uni<PushReceipt> push(PushRequest request) {
        ArtifactInspector.Inspected inspected = inspector.inspect(request);
        Publication publication = inspected.publication();
        Uni<Published> published = request.dryRun()
                ? catalog.preview(publication)
                : admitted(catalog.publish(publication, tx -> blobs.store(tx,
                        new StoredFile(request.archive(), publication.archive().digest(),
                                publication.archive().archiveBytes()))));
        return published.map(outcome -> receipt(request, inspected, outcome));
    }

    private <T> Uni<T> admitted(Uni<T> storing) {
        return Uni.createFrom().deferred(() -> {
            Runnable leave = admission.enter();
            return storing.onTermination().invoke(leave);
        });
    }

    private static PushReceipt receipt(
            PushRequest request, ArtifactInspector.Inspected inspected, Published outcome) {
        CatalogEntry pushed = inspected.publication().entry();
        List<FieldProblem> warnings = new ArrayList<>(inspected.warnings());
        if (!outcome.isEntry()) {
            warnings.add(new FieldProblem("version", "older_version",
                    "the catalog keeps showing version " + outcome.entry().version()
                            + ", which is higher than " + pushed.version(),
                    "Nothing to do; this version can be fetched by its number"));
        }
        return new PushReceipt(pushed.kind(), pushed.id(), pushed.name(), pushed.version(),
                outcome.created(), request.dryRun() ? Boolean.TRUE : null, outcome.entry(),
                outcome.digest(), outcome.contentDigest(), outcome.entry().revision(),
                request.sender().correlationId(), warnings);
    }
}
