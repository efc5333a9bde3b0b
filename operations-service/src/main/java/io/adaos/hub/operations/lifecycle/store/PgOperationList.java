package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.OperationQuery;
import io.adaos.hub.runtime.outbox.OutboxPosition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;

/** Pages of operations. */
final class PgOperationList {

    private static final String LIST = """
            SELECT state, arrival FROM operation
            WHERE ($1::text IS NULL OR webspace_id = $1) AND status = ANY($2) AND arrival > $3
            ORDER BY arrival LIMIT $4""";
    private static final String LIST_NEWEST = """
            SELECT state, arrival FROM operation
            WHERE ($1::text IS NULL OR webspace_id = $1) AND status = ANY($2)
              AND ($3::bigint = 0 OR arrival < $3)
            ORDER BY arrival DESC LIMIT $4""";

    private PgOperationList() {
    }

    /** A page, to which the position belongs that this transaction sees. */
    static Uni<OperationPage> read(
            SqlConnection tx, OutboxPosition position, OperationQuery query) {
        String[] statuses = query.statuses().stream()
                .map(OperationStatus::wire).toArray(String[]::new);
        Tuple values = Tuple.of(query.webspace().map(id -> id.value()).orElse(null), statuses,
                query.after(), query.limit() + 1);
        String select = switch (query.order()) {
            case ASC -> LIST;
            case DESC -> LIST_NEWEST;
        };
        return tx.preparedQuery(select).execute(values).map(rows -> {
            List<OperationState> states = PgOperationRows.states(rows);
            boolean more = states.size() > query.limit();
            return new OperationPage(position.epoch(), position.sequence(),
                    more ? states.subList(0, query.limit()) : states,
                    more ? cursor(rows, query.limit()) : null);
        });
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
