package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return tx.preparedQuery(TRY_LOCK)
                .execute(Tuple.of(column(keyed, Submission.Key::toString)))
                .invoke(rows -> rows.forEach(row -> {
                    if (row.getBoolean("locked")) {
                        known.put(at(keyed, row.getLong("place")), Optional.empty());
                    }
                }))
                // only now: what was committed before the lock was had must be seen
                .chain(() -> tx.preparedQuery(FIND).execute(scopes(keyed)))
                .invoke(rows -> rows.forEach(row -> {
                    PgAdmissions.Request request = at(keyed, row.getLong("place"));
                    known.computeIfPresent(request, (same, none) -> Optional.of(
                            PgIdempotencyKeys.answer(request.submission(), row)));
                }))
                .replaceWith(known);
    }

    /** Remembers which operations the requests with keys got. */
    static Uni<Void> keep(
            SqlConnection tx, Map<PgAdmissions.Request, Newcomer> admitted) {
        List<PgAdmissions.Request> keyed = admitted.keySet().stream()
                .filter(request -> request.submission().key().isPresent()).toList();
        if (keyed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(KEEP)
                .execute(scopes(keyed)
                        .addArrayOfString(keyed.stream()
                                .map(request -> request.submission().command().bodyDigest())
                                .toArray(String[]::new))
                        .addArrayOfString(keyed.stream()
                                .map(request -> admitted.get(request).state().operationId().value())
                                .toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static PgAdmissions.Request at(List<PgAdmissions.Request> requests, long place) {
        return requests.get((int) place - 1);
    }

    private static Tuple scopes(List<PgAdmissions.Request> keyed) {
        return Tuple.of(column(keyed, Submission.Key::subject),
                column(keyed, Submission.Key::method), column(keyed, Submission.Key::path),
                column(keyed, Submission.Key::value));
    }

    private static String[] column(
            List<PgAdmissions.Request> keyed, Function<Submission.Key, String> value) {
        return keyed.stream()
                .map(request -> value.apply(request.submission().key().orElseThrow()))
                .toArray(String[]::new);
    }
}
