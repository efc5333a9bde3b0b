package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who has a target, and who waits for it. */
final class PgTargetLine {

    private static final String HOLDER = """
            SELECT state, join_digest FROM operation
            WHERE target_kind = $1 AND target_id = $2 AND node_id = $3
              AND status IN ('accepted', 'running', 'waiting_input', 'cancelling')
            FOR UPDATE""";
    private static final String IN_LINE = """
            SELECT state, join_digest, revision, operation_id, correlation_id FROM operation
            WHERE target_kind = $1 AND target_id = $2 AND node_id = $3 AND status = 'queued'
            ORDER BY arrival LIMIT 101""";

    private static final String HOLDERS = """
            SELECT given.number, o.state, o.join_digest
            FROM unnest($1::text[], $2::text[], $3::text[])
                WITH ORDINALITY AS given (target_kind, target_id, node_id, number)
            JOIN operation o USING (target_kind, target_id, node_id)
            WHERE o.status IN ('accepted', 'running', 'waiting_input', 'cancelling')""";

    private PgTargetLine() {
    }

    /** Lets the requests of a group join whoever has their target now; locks nothing. */
    static Uni<Void> join(SqlConnection tx, AdmissionGroup group) {
        List<PgAdmissions.Request> open = group.open();
        if (open.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(HOLDERS)
                .execute(Tuple.of(column(open, TargetRef::kind), column(open, TargetRef::id),
                        column(open, target -> target.node().value())))
                .invoke(rows -> rows.forEach(row -> group.joinIfSame(
                        open.get(row.getLong("number").intValue() - 1),
                        PgOperationRows.state(row.getString("state")),
                        row.getString("join_digest"))))
                .replaceWithVoid();
    }

    /** The row of the active operation, locked. */
    static Uni<Optional<Row>> holder(SqlConnection tx, TargetRef target) {
        return tx.preparedQuery(HOLDER).execute(values(target)).map(PgOperationRows::first);
    }

    /** Those in line, the longest first. */
    static Uni<RowSet<Row>> waiting(SqlConnection tx, TargetRef target) {
        return tx.preparedQuery(IN_LINE).execute(values(target));
    }

    static <T> Uni<T> tooContended() {
        return Uni.createFrom().failure(new HubException(
                HubErrorCode.STORE_UNAVAILABLE, "Too many changes of one target at once"));
    }

    private static String[] column(
            List<PgAdmissions.Request> requests, Function<TargetRef, String> value) {
        return requests.stream()
                .map(request -> value.apply(request.submission().command().target()))
                .toArray(String[]::new);
    }

    private static Tuple values(TargetRef target) {
        return Tuple.of(target.kind(), target.id(), target.node().value());
    }
}
