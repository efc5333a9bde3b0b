package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Takes operations up again for which something has happened, in the transaction of it. */
public final class PgWakes {

    private static final String WAKE = """
            UPDATE operation SET wakes = wakes + 1, next_run_at = least(next_run_at, now())
            WHERE operation_id = $1 AND finished_at IS NULL""";
    private static final String CHILD_ENDED = """
            WITH waiting AS (
                UPDATE operation_child SET ended = true
                WHERE child_id = $1 AND NOT ended RETURNING parent_id)
            UPDATE operation SET wakes = wakes + 1, next_run_at = least(next_run_at, now())
            FROM waiting WHERE operation_id = waiting.parent_id AND finished_at IS NULL""";

    private PgWakes() {
    }

    /** The operation's next run looks at what this transaction has written. */
    public static Uni<Void> wake(SqlConnection tx, OperationId operation) {
        return tx.preparedQuery(WAKE).execute(Tuple.of(operation.value())).replaceWithVoid();
    }

    /** All operations that wait for this one. */
    static Uni<Void> childEnded(SqlConnection tx, OperationId child) {
        return tx.preparedQuery(CHILD_ENDED).execute(Tuple.of(child.value())).replaceWithVoid();
    }
}
