package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.ActiveCounts;
import io.adaos.hub.operations.lifecycle.OperationQuery;
import io.adaos.hub.runtime.outbox.OutboxPosition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;

/** Pages of operations. */
final class PgOperationList {

    private static final String SELECT = """
            SELECT state, arrival FROM operation
            WHERE ($1::text IS NULL OR webspace_id = $1) AND status = ANY($2)""";

    private static final String ACTIVE = """
            SELECT kind, initiator, count(*) AS number FROM operation
            WHERE status IN ('accepted', 'queued', 'running', 'waiting_input', 'cancelling')
            GROUP BY kind, initiator""";

    private PgOperationList() {
    }

    /** How many operations have not ended. */
    static Uni<ActiveCounts> active(SqlConnection tx) {
        return tx.query(ACTIVE).execute().map(rows -> {
            ActiveCounts counts = new ActiveCounts();
            rows.forEach(row -> counts.add(row.getString("kind"), row.getString("initiator"),
                    row.getLong("number").intValue()));
            return counts;
        });
    }

    /** A page, to which the position belongs that this transaction sees. */
    static Uni<OperationPage> read(
            SqlConnection tx, OutboxPosition position, OperationQuery query) {
        String[] statuses = query.statuses().stream()
                .map(OperationStatus::wire).toArray(String[]::new);
        Tuple values = Tuple.of(query.webspace().map(id -> id.value()).orElse(null), statuses,
                query.after(), query.limit() + 1);
        StringBuilder select = new StringBuilder(SELECT);
        // in the order of the enum, so that there are few texts to prepare
        for (OperationQuery.Field field : OperationQuery.Field.values()) {
            if (query.fields().containsKey(field)) {
                values.addString(query.fields().get(field));
                select.append(" AND ").append(field.wire()).append(" = $").append(values.size());
            }
        }
        select.append(place(query.order()));
        return tx.preparedQuery(select.toString()).execute(values).map(rows -> {
            List<OperationState> states = PgOperationRows.states(rows);
            boolean full = states.size() > query.limit();
            boolean more = full && query.order() != OperationQuery.Order.ENDED;
            return new OperationPage(position.epoch(), position.sequence(),
                    full ? states.subList(0, query.limit()) : states,
                    more ? cursor(rows, query.limit()) : null);
        });
    }

    private static String place(OperationQuery.Order order) {
        return switch (order) {
            case ASC -> " AND arrival > $3 ORDER BY arrival LIMIT $4";
            case DESC -> " AND ($3::bigint = 0 OR arrival < $3) ORDER BY arrival DESC LIMIT $4";
            case ENDED -> " AND finished_at IS NOT NULL AND $3::bigint = 0"
                    + " ORDER BY finished_at DESC, operation_id DESC LIMIT $4";
        };
    }

    private static String cursor(Iterable<Row> rows, int limit) {
        int place = 0;
        for (Row row : rows) {
            if (++place == limit) {
                return Long.toString(row.getLong("arrival"));
            }
        }
        throw new AssertionError("a page with a next one is full");
    }
}
