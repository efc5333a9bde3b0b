package io.adaos.hub.runtime.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.runtime.http.HubJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;

/** The outbox table. */
public final class PgOutbox implements Outbox {

    private static final String APPEND = """
            INSERT INTO outbox (subject, type, key, correlation_id, payload)
            VALUES ($1, $2, $3, $4, $5)""";
    private static final String APPEND_ALL = """
            INSERT INTO outbox (subject, type, key, correlation_id, payload)
            SELECT subject, type, key, correlation_id, payload
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
                WITH ORDINALITY AS facts (subject, type, key, correlation_id, payload, place)
            ORDER BY place""";
    private static final String POSITION = "SELECT epoch, sequence FROM outbox_head";

    private final OutboxSignal signal;

    /** The table of the database the transactions are of. */
    public PgOutbox(OutboxSignal signal) {
        this.signal = signal;
    }

    @Override
    public Uni<Void> append(SqlConnection tx, OutboxEvent event) {
        return tx.preparedQuery(APPEND)
                .execute(Tuple.of(event.subject(), event.type(), event.key(),
                        event.correlationId(), json(event.data())))
                .invoke(() -> signal.appended(tx))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> appendAll(SqlConnection tx, List<OutboxEvent> events) {
        return tx.preparedQuery(APPEND_ALL)
                .execute(Tuple.of(column(events, OutboxEvent::subject),
                        column(events, OutboxEvent::type), column(events, OutboxEvent::key),
                        column(events, OutboxEvent::correlationId),
                        column(events, event -> json(event.data()))))
                .invoke(() -> signal.appended(tx))
                .replaceWithVoid();
    }

    @Override
    public Uni<OutboxPosition> position(SqlConnection tx) {
        return tx.preparedQuery(POSITION).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new OutboxPosition(row.getString(0), row.getLong(1));
        });
    }

    private static String[] column(List<OutboxEvent> events, Function<OutboxEvent, String> value) {
        return events.stream().map(value).toArray(String[]::new);
    }

    private static String json(Object data) {
        try {
            return HubJson.mapper().writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a wire record: " + data.getClass(), e);
        }
    }
}
