package io.adaos.hub.projection.ystore.pg;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.LogRow;
import io.adaos.hub.projection.ystore.RecoveredDoc;
import io.adaos.hub.projection.ystore.SetAside;
import io.adaos.hub.projection.ystore.SetAsideStore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What recovery could not use, in PostgreSQL. */
public final class PgSetAsideStore implements SetAsideStore {

    /** One statement: a process that is stopped in the middle holds no lock on the lease. */
    private static final String MOVE = """
            WITH held AS (
                UPDATE webspaces SET generation_floor = greatest(generation_floor,
                    (SELECT max(generation) FROM update_log WHERE webspace = $1),
                    (SELECT generation FROM doc_snapshots WHERE webspace = $1))
                WHERE webspace = $1 AND epoch = $2
                RETURNING webspace),
            gone_rows AS (
                DELETE FROM update_log u USING held
                WHERE u.webspace = held.webspace AND u.generation >= $3
                RETURNING u.*),
            gone_snapshot AS (
                DELETE FROM doc_snapshots s USING held
                WHERE s.webspace = held.webspace AND $5
                RETURNING s.*),
            kept AS (
                INSERT INTO set_aside_updates
                    (name, webspace, generation, part, epoch, payload, crc, created_at)
                SELECT $4, webspace, generation, 'log', epoch, payload, crc, created_at
                FROM gone_rows
                UNION ALL
                SELECT $4, webspace, generation, 'snapshot', epoch, payload, crc, created_at
                FROM gone_snapshot)
            SELECT 1 FROM held""";

    private static final String LIST = """
            SELECT name, min(generation) AS first, max(generation) AS last, count(*) AS rows,
                sum(octet_length(payload))::bigint AS bytes,
                bool_or(part = 'snapshot') AS snapshot, min(set_aside_at) AS set_aside_at
            FROM set_aside_updates WHERE webspace = $1 GROUP BY name ORDER BY name""";

    private static final String READ = """
            SELECT generation, epoch, payload, crc FROM set_aside_updates
            WHERE webspace = $1 AND name = $2 ORDER BY part = 'log', generation""";

    private static final String DROP = """
            DELETE FROM set_aside_updates
            WHERE webspace = $1 AND name = $2 AND generation = ANY($3)""";

    private final Pool pool;

    public PgSetAsideStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Void> move(Lease lease, RecoveredDoc.Damage damage, String name) {
        Tuple all = Tuple.of(lease.webspace().value(), lease.epoch(), damage.fromGeneration(),
                name, damage.snapshot());
        return pool.preparedQuery(MOVE).execute(all)
                .invoke(held -> {
                    if (held.size() == 0) {
                        throw new IllegalStateException("epoch " + lease.epoch() + " of "
                                + lease.webspace() + " is over");
                    }
                })
                .replaceWithVoid().subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<List<SetAside>> list(WebspaceId webspace) {
        return pool.preparedQuery(LIST).execute(Tuple.of(webspace.value()))
                .map(rows -> rows.stream().map(PgSetAsideStore::setAside).toList())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<List<LogRow>> read(WebspaceId webspace, String name) {
        return pool.preparedQuery(READ).execute(Tuple.of(webspace.value(), name))
                .map(rows -> rows.stream()
                        .map(row -> PgUpdateLog.logRow(webspace, row)).toList())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Integer> drop(
            WebspaceId webspace, String name, Collection<Long> generations) {
        return pool.preparedQuery(DROP)
                .execute(Tuple.of(webspace.value(), name, generations.toArray(Long[]::new)))
                .map(rows -> rows.rowCount()).subscribeAsCompletionStage();
    }

    private static SetAside setAside(Row row) {
        return new SetAside(row.getString("name"), row.getLong("first"), row.getLong("last"),
                row.getLong("rows"), row.getLong("bytes"), row.getBoolean("snapshot"),
                row.getOffsetDateTime("set_aside_at").toInstant());
    }
}
