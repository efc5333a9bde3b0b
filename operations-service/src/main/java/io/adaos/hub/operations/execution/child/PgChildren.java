package io.adaos.hub.operations.execution.child;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.store.PgOperationRows;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which operations wait for which, in PostgreSQL. */
public final class PgChildren {
    /*
     * Notes on order.
     *
     * The end of a child and the link to it must not miss each other. The link locks the child's
     * row first: either it then sees the end, or the end waits, sees the link and wakes the parent.
     */

    private static final String LOCK = """
            SELECT operation_id FROM operation WHERE operation_id = ANY($1)
            ORDER BY operation_id FOR SHARE""";
    private static final String LINK = """
            INSERT INTO operation_child (parent_id, child_id, own)
            SELECT $1, link.child, link.own
            FROM unnest($2::text[], $3::boolean[]) AS link (child, own)
            JOIN operation ON operation_id = link.child
            ON CONFLICT DO NOTHING""";
    private static final String READ = "SELECT " + PgOperationRows.COLUMNS
            + " FROM operation WHERE operation_id = ANY($1)";
    private static final String OWN_ACTIVE = "SELECT " + PgOperationRows.COLUMNS + """
             FROM operation JOIN operation_child ON child_id = operation_id
            WHERE operation_child.parent_id = $1 AND own AND NOT ended
              AND finished_at IS NULL""";
    private static final String ORPHANS = """
            SELECT child.operation_id FROM operation_child link
            JOIN operation parent ON parent.operation_id = link.parent_id
            JOIN operation child ON child.operation_id = link.child_id
            WHERE NOT link.ended AND link.own AND parent.finished_at IS NOT NULL
              AND child.finished_at IS NULL AND child.status <> 'cancelling'
            LIMIT $1""";

    private final PgTransactions transactions;

    public PgChildren(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** From now on their ends wake the parent; the answer is how they are. */
    Uni<Map<OperationId, OperationState>> link(OperationId parent, Map<OperationId, Boolean> own) {
        String[] ids = own.keySet().stream().map(OperationId::value).toArray(String[]::new);
        Boolean[] owns = own.values().toArray(Boolean[]::new);
        return transactions.write(tx -> tx.preparedQuery(LOCK)
                .execute(Tuple.of((Object) ids))
                .chain(() -> tx.preparedQuery(LINK).execute(Tuple.of(parent.value(), ids, owns)))
                .chain(() -> tx.preparedQuery(READ).execute(Tuple.of((Object) ids)))
                .map(rows -> {
                    Map<OperationId, OperationState> states = new HashMap<>();
                    operations(rows).forEach(one ->
                            states.put(one.state().operationId(), one.state()));
                    return states;
                }));
    }

    /** What this operation has started and has not ended. */
    Uni<List<StoredOperation>> ownActive(OperationId parent) {
        return transactions.snapshot(tx -> tx.preparedQuery(OWN_ACTIVE)
                .execute(Tuple.of(parent.value())).map(PgChildren::operations));
    }

    /** What goes on although the operation that needed it has ended. */
    Uni<List<OperationId>> orphans(int most) {
        return transactions.snapshot(tx -> tx.preparedQuery(ORPHANS)
                .execute(Tuple.of(most)).map(rows -> {
                    List<OperationId> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(new OperationId(row.getString("operation_id"))));
                    return ids;
                }));
    }

    private static List<StoredOperation> operations(RowSet<Row> rows) {
        List<StoredOperation> found = new ArrayList<>();
        rows.forEach(row -> found.add(PgOperationRows.operation(row)));
        return found;
    }
}
