package io.adaos.hub.projection.ystore.pg;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.DocSnapshot;
import io.adaos.hub.projection.ystore.DocSnapshotStore;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The snapshots in PostgreSQL. */
public final class PgDocSnapshotStore implements DocSnapshotStore {

    private static final String NEWEST =
            "SELECT generation, epoch, payload, crc FROM doc_snapshots WHERE webspace = $1";

    /** One statement: a process that is stopped in the middle holds no lock on the lease. */
    private static final String COMPACT = """
            WITH held AS MATERIALIZED (
                SELECT webspace FROM webspaces WHERE webspace = $1 AND epoch = $3 FOR SHARE),
            saved AS (
                INSERT INTO doc_snapshots (webspace, generation, epoch, payload, crc)
                SELECT webspace, $2, $3, $4, $5 FROM held
                ON CONFLICT (webspace) DO UPDATE SET generation = excluded.generation,
                    epoch = excluded.epoch, payload = excluded.payload, crc = excluded.crc,
                    created_at = now()
                WHERE doc_snapshots.generation < excluded.generation),
            removed AS (
                DELETE FROM update_log u USING held
                WHERE u.webspace = held.webspace AND u.generation <= $2)
            SELECT 1 FROM held""";

    private final Pool pool;

    public PgDocSnapshotStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Optional<DocSnapshot>> newest(WebspaceId webspace) {
        return pool.preparedQuery(NEWEST).execute(Tuple.of(webspace.value()))
                .map(rows -> rows.stream().findFirst().map(row -> snapshot(webspace, row)))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> compact(DocSnapshot snapshot) {
        Tuple all = Tuple.of(snapshot.webspace().value(), snapshot.generation(),
                snapshot.epoch(), Buffer.buffer(snapshot.payload()), snapshot.crc());
        return pool.preparedQuery(COMPACT).execute(all)
                .map(held -> held.size() > 0).subscribeAsCompletionStage();
    }

    private static DocSnapshot snapshot(WebspaceId webspace, Row row) {
        return new DocSnapshot(webspace, row.getLong("generation"), row.getLong("epoch"),
                row.getBuffer("payload").getBytes(), row.getLong("crc"));
    }
}
