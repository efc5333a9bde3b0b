package io.adaos.hub.registry;

import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts what is stored, to see that a refused push has left nothing behind. */
@Singleton
public class StoredRows {

    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM blob) || ' blobs, '
                || (SELECT count(*) FROM blob_chunk) || ' chunks, '
                || (SELECT count(*) FROM artifact_alias) || ' aliases, '
                || (SELECT count(*) FROM artifact_version) || ' versions, '
                || (SELECT coalesce(sum(revision), 0) FROM catalog_entry) || ' revisions, '
                || (SELECT count(*) + coalesce((SELECT max(id) FROM outbox), 0) FROM outbox)
                || ' facts'""";

    private final Pool pool;

    StoredRows(Pool pool) {
        this.pool = pool;
    }

    /** Equal as long as nothing was stored. */
    public String counts() {
        return pool.query(COUNTS).execute()
                .map(rows -> rows.iterator().next().getString(0))
                .await().atMost(Duration.ofSeconds(10));
    }
}
