package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;

/** What clients have sent under an {@code Idempotency-Key}, kept for 24 hours. */
final class PgIdempotencyKeys {

    /** One request per key at a time; the lock ends with the transaction. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
    private static final String FIND = """
            SELECT k.body_digest, o.state
            FROM idempotency_key k JOIN operation o USING (operation_id)
            WHERE k.subject = $1 AND k.method = $2 AND k.path = $3 AND k.key = $4
              AND k.created_at > now() - interval '24 hours'""";
    private static final String KEEP = """
            INSERT INTO idempotency_key (subject, method, path, key, body_digest, operation_id)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (subject, method, path, key) DO UPDATE SET
                body_digest = excluded.body_digest,
                operation_id = excluded.operation_id,
                created_at = now()""";
    private static final String FORGET =
            "DELETE FROM idempotency_key WHERE created_at <= now() - interval '24 hours'";

    private PgIdempotencyKeys() {
    }

    /** The answer this submission has got before, or is about to get; empty when it is new. */
    static Uni<Optional<Admission>> known(SqlConnection tx, Submission submission) {
        if (submission.key().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return tx.preparedQuery(LOCK).execute(Tuple.of(submission.key().get().toString()))
                .chain(() -> find(tx, submission));
    }

    /** The answer this submission, which has a key, has got before; waits for nobody. */
    static Uni<Optional<Admission>> find(SqlConnection tx, Submission submission) {
        Submission.Key key = submission.key().orElseThrow();
        return tx.preparedQuery(FIND).execute(scope(key))
                .map(rows -> PgOperationRows.first(rows).map(row -> answer(submission, row)));
    }

    /** What a row with the digest and the operation of the same key says to a submission. */
    static Admission answer(Submission submission, Row row) {
        return row.getString("body_digest").equals(submission.command().bodyDigest())
                ? new Admission.Joined(PgOperationRows.state(row.getString("state")))
                : new Admission.KeyReused(submission.key().orElseThrow().value());
    }

    /** Remembers which operation the submission got. */
    static Uni<Void> keep(SqlConnection tx, Submission submission, OperationId operation) {
        if (submission.key().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(KEEP)
                .execute(scope(submission.key().get())
                        .addString(submission.command().bodyDigest())
                        .addString(operation.value()))
                .replaceWithVoid();
    }

    /** Deletes what is older than 24 hours. */
    static Uni<Integer> forget(SqlConnection tx) {
        return tx.query(FORGET).execute().map(rows -> rows.rowCount());
    }

    private static Tuple scope(Submission.Key key) {
        return Tuple.of(key.subject(), key.method(), key.path(), key.value());
    }
}
