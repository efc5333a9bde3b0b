package io.adaos.hub.operations.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationError;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.store.PgWakes;
import io.adaos.hub.operations.work.node.PgNodes;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Ordered work in PostgreSQL, and who does it. */
public final class PgWorkStore {
    /*
     * Notes on fencing.
     *
     * A lease is a random word in the item's row. Whoever names it, as the node it was given to,
     * speaks for the item; when the item is offered again, given up or handed back, the word goes
     * to past_leases and means nothing any more. Where both rows change, the operation's is locked
     * first. A result and the wake of its operation are one transaction.
     */

    private static final String ORDER = """
            INSERT INTO work_item (work_id, operation_id, key, node_id, kind, task, target, args,
                step, from_percent, until_percent, can_cancel, outlives, give_up_at)
            SELECT $1, operation_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                now() + $14 * interval '1 millisecond'
            FROM operation WHERE operation_id = $2
                AND ($13 OR status IN ('accepted', 'running'))
            ON CONFLICT (operation_id, key) DO NOTHING""";
    private static final String OUTCOME = """
            SELECT outcome, answer FROM work_item WHERE operation_id = $1 AND key = $2""";
    private static final String CLAIM = """
            WITH next AS (
                SELECT w.work_id, o.deadline_at
                FROM work_item w JOIN operation o USING (operation_id)
                WHERE w.node_id = $1 AND w.kind = ANY($2) AND w.outcome IS NULL
                  AND (w.lease IS NULL OR w.lease_expires_at <= now())
                  AND w.attempts < $4
                  AND (w.outlives OR o.status IN ('accepted', 'running'))
                  AND NOT EXISTS (
                      SELECT 1 FROM work_item other
                      WHERE other.node_id = w.node_id AND other.target = w.target
                        AND other.outcome IS NULL AND other.arrival < w.arrival
                        AND other.lease_expires_at > now())
                ORDER BY w.arrival LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
            UPDATE work_item SET
                past_leases = array_remove(past_leases || lease, NULL), lease = $3,
                attempts = attempts + 1,
                lease_expires_at = now() + $5 * interval '1 millisecond',
                give_up_at = greatest(
                    give_up_at, now() + ($5 + $6) * interval '1 millisecond')
            FROM next WHERE work_item.work_id = next.work_id
            RETURNING work_item.work_id, kind, task, operation_id, target, args,
                next.deadline_at""";
    private static final String BEAT = """
            UPDATE work_item w SET
                lease_expires_at = now() + $3 * interval '1 millisecond',
                give_up_at = greatest(
                    give_up_at, now() + ($3 + $4) * interval '1 millisecond')
            FROM operation o
            WHERE w.lease = $1 AND w.node_id = $2 AND w.outcome IS NULL
              AND o.operation_id = w.operation_id
            RETURNING w.outlives, o.status""";
    private static final String FIND = """
            SELECT operation_id, task, args, step, from_percent, until_percent, can_cancel,
                outlives, outcome
            FROM work_item WHERE lease = $1 AND node_id = $2""";
    private static final String LOCK_OPERATION =
            "SELECT status FROM operation WHERE operation_id = $1 FOR UPDATE";
    private static final String END = """
            UPDATE work_item SET outcome = $2, answer = $3
            WHERE lease = $1 AND outcome IS NULL""";
    private static final String RELEASE = """
            UPDATE work_item SET past_leases = past_leases || lease, lease = NULL,
                lease_expires_at = NULL, attempts = attempts - 1,
                give_up_at = greatest(give_up_at, now() + $3 * interval '1 millisecond')
            WHERE lease = $1 AND node_id = $2 AND outcome IS NULL""";
    private static final String SHOW = """
            UPDATE work_item SET shown_at = now()
            WHERE lease = $1 AND outcome IS NULL
              AND (shown_at IS NULL OR shown_at < now() - interval '100 milliseconds')""";
    private static final String HELD = """
            SELECT 1 FROM work_item WHERE lease = $1 AND outcome IS NULL FOR SHARE""";
    private static final String PAST = """
            SELECT operation_id FROM work_item
            WHERE past_leases @> ARRAY[$1] AND node_id = $2
            UNION ALL
            SELECT operation_id FROM work_item WHERE lease = $1 AND node_id = $2 LIMIT 1""";
    private static final String WAITED_FOR = """
            SELECT DISTINCT w.node_id FROM work_item w JOIN operation o USING (operation_id)
            WHERE w.node_id = ANY($1) AND w.outcome IS NULL
              AND (w.lease IS NULL OR w.lease_expires_at <= now())
              AND (w.outlives OR o.status IN ('accepted', 'running'))""";

    private final PgTransactions transactions;
    private final WorkLimits limits;
    private final SecureRandom random = new SecureRandom();

    /** Over the service's transactions. */
    public PgWorkStore(PgTransactions transactions, WorkLimits limits) {
        this.transactions = transactions;
        this.limits = limits;
    }

    /**
     * Ordered work, as far as whoever holds its lease may touch it.
     *
     * @param outlives it is done although its operation has ended
     * @param isEnded whether it has an outcome
     */
    record Item(OperationId operation, WorkTask task, JsonNode args,
            Optional<WorkOrder.Share> share, boolean outlives, boolean isEnded) {
    }

    /** Orders the work, unless it was ordered before, and says how it ended, if it has. */
    Uni<Optional<WorkOutcome>> order(WorkOrder order) {
        return transactions.write(tx -> tx.preparedQuery(ORDER).execute(values(order))
                .chain(() -> tx.preparedQuery(OUTCOME)
                        .execute(Tuple.of(order.operation().value(), order.key())))
                .map(rows -> first(rows).flatMap(PgWorkStore::outcome)));
    }

    private Tuple values(WorkOrder order) {
        boolean outlives = order.task().outlives();
        Duration kept = outlives ? WorkLimits.OUTLIVING : limits.patience();
        WorkOrder.Share share = order.shown().orElse(null);
        return Tuple.from(Arrays.asList("work_" + UUID.randomUUID(), order.operation().value(),
                order.key(), order.node().value(), order.kind().value(), order.task().wire(),
                order.subject().target(), json(order.subject().args()),
                share == null ? null : share.step(), share == null ? 0 : share.fromPercent(),
                share == null ? 0 : share.untilPercent(),
                share == null || share.canCancel(), outlives, (double) kept.toMillis()));
    }

    /** Gives the oldest open work of the node to the caller. */
    Uni<Optional<WorkOffer>> claim(NodeId node, List<String> kinds) {
        String lease = lease();
        return transactions.write(tx -> tx.preparedQuery(CLAIM)
                .execute(Tuple.from(List.of(node.value(), kinds.toArray(String[]::new), lease,
                        limits.attemptsMax(), ttl(), (double) limits.patience().toMillis())))
                .map(rows -> first(rows).map(row -> new WorkOffer(lease,
                        row.getString("work_id"), row.getString("kind"), row.getString("task"),
                        row.getString("operation_id"), row.getString("target"),
                        read(row.getString("args")),
                        row.getOffsetDateTime("deadline_at").withOffsetSameInstant(ZoneOffset.UTC)
                                .toInstant(), limits.heartbeatSeconds()))));
    }

    /** Prolongs a lease; whether to stop. Empty when the lease is lost. */
    Uni<Optional<Boolean>> beat(String lease, NodeId node) {
        return transactions.write(tx -> tx.preparedQuery(BEAT)
                .execute(Tuple.of(lease, node.value(), ttl(),
                        (double) limits.patience().toMillis()))
                .map(rows -> first(rows).map(row -> !row.getBoolean("outlives")
                        && !isGoingOn(row.getString("status")))));
    }

    /** The work of a lease that is not lost. */
    Uni<Optional<Item>> find(String lease, NodeId node) {
        return transactions.snapshot(tx -> find(tx, lease, node));
    }

    /** Ends the work and wakes its operation; false when the lease is lost. */
    Uni<Boolean> end(String lease, NodeId node, WorkOutcome outcome) {
        return transactions.write(tx -> find(tx, lease, node).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            Item item = found.get();
            return item.isEnded() ? Uni.createFrom().item(true) : end(tx, lease, item, outcome);
        }));
    }

    private static Uni<Boolean> end(
            SqlConnection tx, String lease, Item item, WorkOutcome outcome) {
        return tx.preparedQuery(LOCK_OPERATION).execute(Tuple.of(item.operation().value()))
                .chain(rows -> {
                    boolean open = item.outlives() || first(rows)
                            .filter(row -> !OperationStatus.of(row.getString("status"))
                                    .isTerminal()).isPresent();
                    return open ? write(tx, lease, item, outcome) : Uni.createFrom().item(false);
                });
    }

    private static Uni<Boolean> write(
            SqlConnection tx, String lease, Item item, WorkOutcome outcome) {
        boolean succeeded = outcome instanceof WorkOutcome.Succeeded;
        Object answer = succeeded ? ((WorkOutcome.Succeeded) outcome).result()
                : ((WorkOutcome.Failed) outcome).error();
        return tx.preparedQuery(END)
                .execute(Tuple.of(lease, succeeded ? "succeeded" : "failed", json(answer)))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : wake(tx, item).replaceWith(true));
    }

    private static Uni<Void> wake(SqlConnection tx, Item item) {
        return item.outlives() ? Uni.createFrom().voidItem()
                : PgWakes.wake(tx, item.operation());
    }

    /** Hands the work back undone; false when the lease is lost. */
    Uni<Boolean> release(String lease, NodeId node) {
        return transactions.write(tx -> tx.preparedQuery(RELEASE)
                .execute(Tuple.of(lease, node.value(), (double) limits.patience().toMillis()))
                .map(rows -> rows.rowCount() == 1));
    }

    /** Whether a worker's progress is due again; at most ten a second are shown. */
    Uni<Boolean> isDue(String lease) {
        return transactions.write(tx -> tx.preparedQuery(SHOW).execute(Tuple.of(lease))
                .map(rows -> rows.rowCount() == 1));
    }

    /** Undoes what it accompanies when the lease is lost. */
    PgOutcomeStep whileHeld(String lease) {
        return (tx, state, correlationId) -> tx.preparedQuery(HELD).execute(Tuple.of(lease))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw WorkRefusals.leaseLost();
                    }
                }).replaceWithVoid();
    }

    /** The operation that a lease belonged to. */
    Uni<Optional<OperationId>> operationOf(String lease, NodeId node) {
        return transactions.snapshot(tx -> tx.preparedQuery(PAST)
                .execute(Tuple.of(lease, node.value()))
                .map(rows -> first(rows).map(row ->
                        new OperationId(row.getString("operation_id")))));
    }

    /** Which of these nodes have something to claim. */
    Uni<List<NodeId>> waitedFor(List<NodeId> nodes) {
        String[] ids = nodes.stream().map(NodeId::value).toArray(String[]::new);
        return transactions.snapshot(tx -> tx.preparedQuery(WAITED_FOR).execute(Tuple.of(ids))
                .map(rows -> PgNodes.ids(rows)));
    }

    private static Uni<Optional<Item>> find(SqlConnection tx, String lease, NodeId node) {
        return tx.preparedQuery(FIND).execute(Tuple.of(lease, node.value()))
                .map(rows -> first(rows).map(PgWorkStore::item));
    }

    private static Item item(Row row) {
        Optional<WorkOrder.Share> share = Optional.ofNullable(row.getString("step"))
                .map(step -> new WorkOrder.Share(step, row.getInteger("from_percent"),
                        row.getInteger("until_percent"), row.getBoolean("can_cancel")));
        return new Item(new OperationId(row.getString("operation_id")),
                WorkTask.of(row.getString("task")), read(row.getString("args")), share,
                row.getBoolean("outlives"), row.getString("outcome") != null);
    }

    private static Optional<WorkOutcome> outcome(Row row) {
        String word = row.getString("outcome");
        if (word == null) {
            return Optional.empty();
        }
        String answer = row.getString("answer");
        try {
            return Optional.of(word.equals("succeeded")
                    ? new WorkOutcome.Succeeded(HubJson.mapper().readTree(answer))
                    : new WorkOutcome.Failed(
                            HubJson.mapper().readValue(answer, OperationError.class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored answer is unreadable", e);
        }
    }

    private static boolean isGoingOn(String status) {
        OperationStatus now = OperationStatus.of(status);
        return now != OperationStatus.CANCELLING && !now.isTerminal();
    }

    private double ttl() {
        return limits.leaseTtl().toMillis();
    }

    private String lease() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static JsonNode read(String json) {
        try {
            return HubJson.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored work is unreadable", e);
        }
    }

    static String json(Object value) {
        try {
            return HubJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass(), e);
        }
    }
}
