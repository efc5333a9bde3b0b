package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;

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

    private PgTargetLine() {
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

    private static Tuple values(TargetRef target) {
        return Tuple.of(target.kind(), target.id(), target.node().value());
    }
}
