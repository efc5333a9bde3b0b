package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The snapshots in PostgreSQL. */
public final class PgDocSnapshotStore implements DocSnapshotStore {

    private static final String NEWEST =
            "SELECT generation, epoch, payload, crc FROM doc_snapshots WHERE webspace = $1";

    private static final String SAVE = """
            INSERT INTO doc_snapshots (webspace, generation, epoch, payload, crc)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (webspace) DO UPDATE SET generation = excluded.generation,
                epoch = excluded.epoch, payload = excluded.payload, crc = excluded.crc,
                created_at = now()
            WHERE doc_snapshots.generation < excluded.generation""";

    private static final String REMOVE_LOG =
            "DELETE FROM update_log WHERE webspace = $1 AND generation <= $2";

    private static final String COPY_ASIDE = """
            INSERT INTO set_aside_updates
                (name, webspace, generation, part, epoch, payload, crc, created_at)
            SELECT $2, webspace, generation, 'snapshot', epoch, payload, crc, created_at
            FROM doc_snapshots WHERE webspace = $1""";

    private static final String RAISE_FLOOR = """
            UPDATE webspaces SET generation_floor = greatest(generation_floor, coalesce(
                (SELECT generation FROM doc_snapshots WHERE webspace = $1), 0))
            WHERE webspace = $1""";

    private static final String REMOVE = "DELETE FROM doc_snapshots WHERE webspace = $1";

    private final Pool pool;
    private final PgTransactions transactions;

    public PgDocSnapshotStore(Pool pool, PgTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    @Override
    public CompletionStage<Optional<DocSnapshot>> newest(WebspaceId webspace) {
        return pool.preparedQuery(NEWEST).execute(Tuple.of(webspace.value()))
                .map(rows -> rows.stream().findFirst().map(row -> snapshot(webspace, row)))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> compact(DocSnapshot snapshot) {
        String webspace = snapshot.webspace().value();
        return transactions.write(tx -> PgLeases.isHeld(tx, webspace, snapshot.epoch())
                .chain(held -> held
                        ? save(tx, snapshot).replaceWith(true)
                        : Uni.createFrom().item(false)))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> setAside(Lease lease, String name) {
        String webspace = lease.webspace().value();
        return transactions.write(tx -> PgLeases.requireHeld(tx, lease)
                .chain(() -> tx.preparedQuery(COPY_ASIDE).execute(Tuple.of(webspace, name)))
                .chain(() -> tx.preparedQuery(RAISE_FLOOR).execute(Tuple.of(webspace)))
                .chain(() -> tx.preparedQuery(REMOVE).execute(Tuple.of(webspace)))
                .replaceWithVoid()).subscribeAsCompletionStage();
    }

    private static Uni<Void> save(SqlConnection tx, DocSnapshot snapshot) {
        String webspace = snapshot.webspace().value();
        Tuple all = Tuple.of(webspace, snapshot.generation(), snapshot.epoch(),
                Buffer.buffer(snapshot.payload()), snapshot.crc());
        return tx.preparedQuery(SAVE).execute(all)
                .chain(() -> tx.preparedQuery(REMOVE_LOG)
                        .execute(Tuple.of(webspace, snapshot.generation())))
                .replaceWithVoid();
    }

    private static DocSnapshot snapshot(WebspaceId webspace, Row row) {
        return new DocSnapshot(webspace, row.getLong("generation"), row.getLong("epoch"),
                row.getBuffer("payload").getBytes(), row.getLong("crc"));
    }
}
