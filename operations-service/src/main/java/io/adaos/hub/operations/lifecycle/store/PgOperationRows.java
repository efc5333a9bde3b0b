package io.adaos.hub.operations.lifecycle.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.Question;
import io.adaos.hub.runtime.http.HubJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of the table {@code operation} as values. */
public final class PgOperationRows {

    /** The columns {@link #operation} reads. */
    public static final String COLUMNS =
            "state, command, correlation_id, checkpoint, lease_token, arrival, answers, question, "
                    + "extract(epoch FROM now() - step_since)::float8 AS step_seconds";

    static final String FIND = "SELECT " + COLUMNS + " FROM operation WHERE operation_id = $1";

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() { };

    private PgOperationRows() {
    }

    /** A row of {@link #COLUMNS}. */
    public static StoredOperation operation(Row row) {
        return new StoredOperation(state(row.getString("state")),
                read(row.getString("command"), OperationCommand.class),
                row.getString("correlation_id"),
                map(row.getString("checkpoint")), map(row.getString("answers")),
                Optional.ofNullable(row.getString("question"))
                        .map(json -> read(json, Question.class)));
    }

    static Uni<Optional<StoredOperation>> find(SqlConnection tx, OperationId id) {
        return tx.preparedQuery(FIND).execute(Tuple.of(id.value()))
                .map(rows -> first(rows).map(PgOperationRows::operation));
    }

    static OperationState state(String json) {
        return read(json, OperationState.class);
    }

    static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    static List<OperationState> states(Iterable<Row> rows) {
        List<OperationState> states = new ArrayList<>();
        rows.forEach(row -> states.add(state(row.getString("state"))));
        return states;
    }

    static String json(Object value) {
        try {
            return HubJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass(), e);
        }
    }

    private static Map<String, Object> map(String json) {
        try {
            return HubJson.mapper().readValue(json, MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored checkpoint is unreadable", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return HubJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a stored " + type.getSimpleName() + " is unreadable", e);
        }
    }
}
