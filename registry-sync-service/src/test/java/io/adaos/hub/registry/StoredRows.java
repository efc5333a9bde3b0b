package io.adaos.hub.registry;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
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

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Pool pool;

    StoredRows(Pool pool) {
        this.pool = pool;
    }

    /** Runs the action while another transaction holds what this statement locks. */
    public void whileHeld(String lock, Runnable action) {
        SqlConnection other = pool.getConnection().await().atMost(WAIT);
        try {
            other.query("BEGIN").execute().chain(() -> other.query(lock).execute())
                    .await().atMost(WAIT);
            action.run();
        } finally {
            other.query("ROLLBACK").execute().chain(other::close).await().atMost(WAIT);
        }
    }

    /** Equal as long as nothing was stored. */
    public String counts() {
        return pool.query(COUNTS).execute()
                .map(rows -> rows.iterator().next().getString(0))
                .await().atMost(WAIT);
    }
}
