package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Idempotency keys of many requests at once; the rules are those of one. */
final class PgGroupKeys {

    private static final String TRY_LOCK = """
            SELECT place, pg_try_advisory_xact_lock(hashtextextended(key, 0)) AS locked
            FROM unnest($1::text[]) WITH ORDINALITY AS keys (key, place)""";
    private static final String FIND = """
            SELECT given.place, k.body_digest, o.state
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
                WITH ORDINALITY AS given (subject, method, path, key, place)
            JOIN idempotency_key k USING (subject, method, path, key)
            JOIN operation o USING (operation_id)
            WHERE k.created_at > now() - interval '24 hours'""";
    private static final String KEEP = """
            INSERT INTO idempotency_key (subject, method, path, key, body_digest, operation_id)
            SELECT * FROM unnest(
                $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
            ON CONFLICT (subject, method, path, key) DO UPDATE SET
                body_digest = excluded.body_digest,
                operation_id = excluded.operation_id,
                created_at = now()""";

    private PgGroupKeys() {
    }

    /**
     * The answers that requests with a key have got before, empty for new ones; of a request that
     * is missing here, by identity, the key is being used. Waits for nobody.
     */
    static Uni<Map<PgAdmissions.Request, Optional<Admission>>> known(
            SqlConnection tx, List<PgAdmissions.Request> keyed) {
        Map<PgAdmissions.Request, Optional<Admission>> known = new IdentityHashMap<>();
        if (keyed.isEmpty()) {
            return Uni.createFrom().item(known);
        }
        List<Submission> submissions =
                keyed.stream().map(PgAdmissions.Request::submission).toList();
        Set<Integer> locked = new HashSet<>();
        return tx.preparedQuery(TRY_LOCK)
                .execute(Tuple.of(column(submissions, Submission.Key::toString)))
                .invoke(rows -> rows.forEach(row -> {
                    if (row.getBoolean("locked")) {
                        locked.add(index(row));
                    }
                }))
                // only now: what was committed before the lock was had must be seen
                .chain(() -> find(tx, submissions))
                .map(answers -> {
                    locked.forEach(i -> known.put(keyed.get(i), answers.get(i)));
                    return known;
                });
    }

    /** The answers that submissions, which have keys, have got before; in their order. */
    static Uni<List<Optional<Admission>>> find(SqlConnection tx, List<Submission> keyed) {
        return tx.preparedQuery(FIND).execute(scopes(keyed)).map(rows -> {
            List<Optional<Admission>> answers =
                    new ArrayList<>(Collections.nCopies(keyed.size(), Optional.empty()));
            rows.forEach(row -> answers.set(index(row),
                    Optional.of(PgIdempotencyKeys.answer(keyed.get(index(row)), row))));
            return answers;
        });
    }

    /** Remembers which operations the requests with keys got. */
    static Uni<Void> keep(
            SqlConnection tx, Map<PgAdmissions.Request, OperationId> operations) {
        if (operations.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<PgAdmissions.Request> requests = List.copyOf(operations.keySet());
        List<Submission> keyed = requests.stream().map(PgAdmissions.Request::submission).toList();
        return tx.preparedQuery(KEEP)
                .execute(scopes(keyed)
                        .addArrayOfString(keyed.stream()
                                .map(submission -> submission.command().bodyDigest())
                                .toArray(String[]::new))
                        .addArrayOfString(requests.stream()
                                .map(request -> operations.get(request).value())
                                .toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static int index(Row row) {
        return row.getLong("place").intValue() - 1;
    }

    private static Tuple scopes(List<Submission> keyed) {
        return Tuple.of(column(keyed, Submission.Key::subject),
                column(keyed, Submission.Key::method), column(keyed, Submission.Key::path),
                column(keyed, Submission.Key::value));
    }

    private static String[] column(
            List<Submission> keyed, Function<Submission.Key, String> value) {
        return keyed.stream().map(submission -> value.apply(submission.key().orElseThrow()))
                .toArray(String[]::new);
    }
}
