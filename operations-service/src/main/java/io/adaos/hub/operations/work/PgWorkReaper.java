package io.adaos.hub.operations.work;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.operations.lifecycle.store.PgWakes;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Gives up what no node takes, and what was lost with its worker too often. */
public final class PgWorkReaper {

    private static final int BATCH_MAX = 100;

    private static final String IS_LATE = """
            outcome IS NULL AND (give_up_at <= now()
                OR attempts >= $2 AND lease_expires_at <= now())""";
    private static final String LATE = "SELECT work_id, operation_id FROM work_item WHERE "
            + IS_LATE + " ORDER BY arrival LIMIT $1";
    private static final String LOCK_OPERATION =
            "SELECT status FROM operation WHERE operation_id = $1 FOR UPDATE";
    private static final String LOCK = "SELECT node_id, attempts, outlives FROM work_item"
            + " WHERE work_id = $1 AND " + IS_LATE + " FOR UPDATE";
    private static final String GIVE_UP = """
            UPDATE work_item SET outcome = 'failed', answer = $2, lease = NULL,
                past_leases = array_remove(past_leases || lease, NULL)
            WHERE work_id = $1""";

    private final PgTransactions transactions;
    private final WorkLimits limits;

    /** Over the service's transactions. */
    public PgWorkReaper(PgTransactions transactions, WorkLimits limits) {
        this.transactions = transactions;
        this.limits = limits;
    }

    /** Up to 100 of them; what was given up wakes its operation. Says how many. */
    Uni<Integer> reap() {
        return transactions.snapshot(tx -> tx.preparedQuery(LATE)
                        .execute(Tuple.of(BATCH_MAX, limits.attemptsMax()))
                        .map(rows -> {
                            List<Row> late = new ArrayList<>();
                            rows.forEach(late::add);
                            return late;
                        }))
                .chain(late -> {
                    Uni<Void> given = Uni.createFrom().voidItem();
                    for (Row row : late) {
                        given = given.chain(() -> transactions.write(tx -> giveUp(tx, row)));
                    }
                    return given.replaceWith(late.size());
                });
    }

    private Uni<Void> giveUp(SqlConnection tx, Row late) {
        String work = late.getString("work_id");
        OperationId operation = new OperationId(late.getString("operation_id"));
        return tx.preparedQuery(LOCK_OPERATION).execute(Tuple.of(operation.value()))
                .chain(() -> tx.preparedQuery(LOCK)
                        .execute(Tuple.of(work, limits.attemptsMax())))
                .chain(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().voidItem();
                    }
                    Row item = rows.iterator().next();
                    Uni<Void> written = tx.preparedQuery(GIVE_UP)
                            .execute(Tuple.of(work, PgWorkStore.json(error(item))))
                            .replaceWithVoid();
                    return item.getBoolean("outlives")
                            ? written : written.chain(() -> PgWakes.wake(tx, operation));
                });
    }

    private OperationError error(Row item) {
        int attempts = item.getInteger("attempts");
        return attempts == 0
                ? WorkRefusals.unreachable(
                        item.getString("node_id"), limits.patience().toSeconds())
                : WorkRefusals.workerLost(item.getString("node_id"), attempts);
    }
}
