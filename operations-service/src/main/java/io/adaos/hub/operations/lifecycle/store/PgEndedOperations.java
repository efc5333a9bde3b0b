package io.adaos.hub.operations.lifecycle.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;

/** Takes ended operations away. */
final class PgEndedOperations {

    private static final String DELETE_ENDED = """
            DELETE FROM operation WHERE operation_id IN (
                SELECT operation_id FROM (
                    SELECT operation_id, finished_at, row_number() OVER (
                        PARTITION BY webspace_id ORDER BY arrival DESC) AS place
                    FROM operation WHERE finished_at IS NOT NULL) ended
                WHERE place > $1 AND finished_at < now() - $2 * interval '1 millisecond'
                  AND NOT EXISTS (SELECT 1 FROM idempotency_key k
                      WHERE k.operation_id = ended.operation_id)
                ORDER BY finished_at LIMIT $3)""";
    private static final String DELETE_BEYOND = """
            WITH oldest AS (
                SELECT operation_id FROM operation WHERE finished_at IS NOT NULL
                ORDER BY finished_at, arrival
                LIMIT least($2, greatest(0, (
                    SELECT count(*) FROM operation WHERE finished_at IS NOT NULL) - $1))),
            keys AS (
                DELETE FROM idempotency_key USING oldest
                WHERE idempotency_key.operation_id = oldest.operation_id)
            DELETE FROM operation USING oldest
            WHERE operation.operation_id = oldest.operation_id""";

    private PgEndedOperations() {
    }

    /** Deletes those that are neither among the newest of their webspace nor young. */
    static Uni<Integer> delete(
            SqlConnection tx, int newestKept, Duration youngerThan, int most) {
        return PgIdempotencyKeys.forget(tx)
                .chain(() -> tx.preparedQuery(DELETE_ENDED).execute(
                        Tuple.of(newestKept, (double) youngerThan.toMillis(), most)))
                .map(rows -> rows.rowCount());
    }

    /** Deletes the oldest of more than a total, and the keys that led to them. */
    static Uni<Integer> deleteBeyond(SqlConnection tx, int total, int most) {
        return tx.preparedQuery(DELETE_BEYOND)
                .execute(Tuple.of(total, most))
                .map(rows -> rows.rowCount());
    }
}
