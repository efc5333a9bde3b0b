package io.adaos.hub.operations.execution.lease;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.store.PgOperationRows;
import io.adaos.hub.operations.lifecycle.store.PgOperationStore;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Leases in the rows of their operations, so that a fenced write is one atomic statement. */
public final class PgLeaseStore implements LeaseStore {

    private static final String CLAIM = """
            WITH under_way AS (
                SELECT operation_id AS id FROM operation
                WHERE status IN ('running', 'cancelling') AND next_run_at <= now()
                  AND deadline_at > now()
                  AND (lease_expires_at IS NULL OR lease_expires_at <= now())
                  AND kind <> ALL($4::text[])
                ORDER BY next_run_at LIMIT $2 FOR UPDATE SKIP LOCKED),
            waiting AS (
                SELECT operation_id AS id FROM operation
                WHERE status = 'accepted' AND deadline_at > now()
                  AND (lease_expires_at IS NULL OR lease_expires_at <= now())
                  AND kind <> ALL($4::text[])
                ORDER BY place, arrival
                LIMIT $2 - (SELECT count(*) FROM under_way) FOR UPDATE SKIP LOCKED),
            ready AS (SELECT id FROM under_way UNION ALL SELECT id FROM waiting)
            UPDATE operation SET
                lease_holder = $1, lease_token = lease_token + 1, runs = runs + 1,
                lease_expires_at = now() + $3 * interval '1 millisecond'
            FROM ready WHERE operation_id = ready.id
            RETURNING runs, postponements, wakes,
                extract(epoch FROM deadline_at - now())::float8 AS seconds_left,
            """ + PgOperationRows.COLUMNS;
    private static final String RENEW = """
            UPDATE operation SET lease_expires_at = now() + $4 * interval '1 millisecond'
            FROM unnest($2::text[], $3::bigint[]) AS held (id, token)
            WHERE operation_id = held.id AND lease_token = held.token AND lease_holder = $1
            RETURNING operation_id, status""";
    private static final String RELEASE_ALL = """
            UPDATE operation SET
                lease_holder = NULL, lease_token = lease_token + 1, lease_expires_at = NULL,
                runs = greatest(runs - 1, 0)
            WHERE lease_holder = $1""";
    private static final String OVERDUE = "SELECT " + PgOperationRows.COLUMNS + """
             FROM operation
            WHERE status IN ('accepted', 'queued', 'running', 'waiting_input', 'cancelling')
              AND deadline_at <= now()
            ORDER BY deadline_at LIMIT $1""";
    private static final String UNANSWERED = "SELECT " + PgOperationRows.COLUMNS + """
             FROM operation WHERE status = 'waiting_input' AND input_expires_at <= now()
            ORDER BY input_expires_at LIMIT $1""";
    private static final String TAKE_BACK = """
            WITH due AS (
                SELECT operation_id AS id FROM operation WHERE take_back_at <= now()
                ORDER BY take_back_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            UPDATE operation SET take_back_tries = take_back_tries + 1,
                take_back_at = now() + interval '1 minute'
            FROM due WHERE operation_id = due.id
            RETURNING take_back_tries,
            """ + PgOperationRows.COLUMNS;
    private static final String TAKEN_BACK = """
            UPDATE operation SET
                take_back_at = now() + $2 * interval '1 millisecond'
            WHERE operation_id = $1 AND take_back_at IS NOT NULL""";

    private final PgTransactions transactions;
    private final PgOperationStore operations;

    public PgLeaseStore(PgTransactions transactions, PgOperationStore operations) {
        this.transactions = transactions;
        this.operations = operations;
    }

    @Override
    public Uni<List<Lease>> claim(
            String holder, int most, Duration ttl, Set<OperationKind> except) {
        String[] kinds = except.stream().map(OperationKind::value).toArray(String[]::new);
        return transactions.write(tx -> tx.preparedQuery(CLAIM)
                .execute(Tuple.of(holder, most, (double) ttl.toMillis(), kinds))
                .chain(rows -> {
                    List<Lease> leases = new ArrayList<>();
                    rows.forEach(row -> leases.add(lease(row)));
                    return started(tx, leases);
                }));
    }

    /** What was accepted runs from now on. */
    private Uni<List<Lease>> started(SqlConnection tx, List<Lease> leases) {
        List<StoredOperation> accepted = leases.stream().map(Lease::operation)
                .filter(one -> one.state().status() == OperationStatus.ACCEPTED).toList();
        return operations.started(tx, accepted).map(running -> {
            Map<OperationId, StoredOperation> now = new HashMap<>();
            running.forEach(one -> now.put(one.state().operationId(), one));
            return leases.stream().map(lease -> lease.with(now.getOrDefault(
                    lease.operation().state().operationId(), lease.operation()))).toList();
        });
    }

    @Override
    public Uni<Map<OperationId, OperationStatus>> renew(
            String holder, Map<OperationId, Long> tokens, Duration ttl) {
        String[] ids = new String[tokens.size()];
        Long[] values = new Long[tokens.size()];
        int i = 0;
        for (Map.Entry<OperationId, Long> held : tokens.entrySet()) {
            ids[i] = held.getKey().value();
            values[i++] = held.getValue();
        }
        return transactions.write(tx -> tx.preparedQuery(RENEW)
                .execute(Tuple.of(holder, ids, values, (double) ttl.toMillis()))
                .map(rows -> {
                    Map<OperationId, OperationStatus> kept = new HashMap<>();
                    rows.forEach(row -> kept.put(new OperationId(row.getString("operation_id")),
                            OperationStatus.of(row.getString("status"))));
                    return kept;
                }));
    }

    @Override
    public Uni<Integer> releaseAll(String holder) {
        return transactions.write(tx -> tx.preparedQuery(RELEASE_ALL)
                .execute(Tuple.of(holder))
                .map(rows -> rows.rowCount()));
    }

    @Override
    public Uni<List<StoredOperation>> overdue(int most) {
        return read(OVERDUE, most);
    }

    @Override
    public Uni<List<StoredOperation>> unanswered(int most) {
        return read(UNANSWERED, most);
    }

    private Uni<List<StoredOperation>> read(String sql, int most) {
        return transactions.snapshot(tx -> tx.preparedQuery(sql)
                .execute(Tuple.of(most))
                .map(rows -> {
                    List<StoredOperation> found = new ArrayList<>();
                    rows.forEach(row -> found.add(PgOperationRows.operation(row)));
                    return found;
                }));
    }

    @Override
    public Uni<List<TakeBack>> takeBacks(int most) {
        return transactions.write(tx -> tx.preparedQuery(TAKE_BACK)
                .execute(Tuple.of(most))
                .map(rows -> {
                    List<TakeBack> due = new ArrayList<>();
                    rows.forEach(row -> due.add(new TakeBack(PgOperationRows.operation(row),
                            row.getInteger("take_back_tries"))));
                    return due;
                }));
    }

    @Override
    public Uni<Void> takenBack(OperationId operation, Optional<Duration> again) {
        return transactions.write(tx -> tx.preparedQuery(TAKEN_BACK)
                .execute(Tuple.of(operation.value(),
                        again.map(wait -> (double) wait.toMillis()).orElse(null)))
                .replaceWithVoid());
    }

    private static Lease lease(Row row) {
        return new Lease(PgOperationRows.operation(row), row.getLong("lease_token"),
                row.getInteger("runs"), row.getInteger("postponements"), row.getLong("wakes"),
                Duration.ofMillis((long) (row.getDouble("seconds_left") * 1000)));
    }
}
