package io.adaos.hub.operations.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.notification.NotificationPage;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The table {@code notification}; its keys let an operation have one notification at most. */
public final class PgNotificationStore implements NotificationStore, PgOutcomeStep {

    private static final String NOTIFIED = "io.adaos.hub.operation.notified.v1";
    private static final String INSERT = """
            INSERT INTO notification (id, webspace_id, operation_id, notification)
            VALUES ($1, $2, $3, $4)""";
    private static final String NEWEST = """
            SELECT notification FROM notification
            WHERE $1::text IS NULL OR webspace_id = $1
            ORDER BY arrival DESC LIMIT $2""";
    private static final String UNREAD = """
            SELECT notification FROM notification
            WHERE id = $1 AND read_at IS NULL FOR UPDATE""";
    private static final String UNREAD_THROUGH = """
            SELECT n.notification FROM notification n JOIN notification last
                ON last.id = $1 AND n.webspace_id = last.webspace_id AND n.arrival <= last.arrival
            WHERE n.read_at IS NULL ORDER BY n.arrival DESC LIMIT $2 FOR UPDATE OF n""";
    private static final String FIND = "SELECT notification FROM notification WHERE id = $1";
    private static final String READ = """
            UPDATE notification SET read_at = now(), notification = seen.notification
            FROM unnest($1::text[], $2::text[]) AS seen (id, notification)
            WHERE notification.id = seen.id""";
    private static final String DELETE_OLD = """
            DELETE FROM notification WHERE id IN (
                SELECT id FROM (
                    SELECT id, created_at, row_number() OVER (
                        PARTITION BY webspace_id ORDER BY arrival DESC) AS place
                    FROM notification) known
                WHERE place > $1 AND created_at < now() - $2 * interval '1 millisecond'
                ORDER BY created_at LIMIT $3)""";
    private static final String DELETE_BEYOND = """
            DELETE FROM notification WHERE id IN (
                SELECT id FROM notification ORDER BY arrival
                LIMIT least($2, greatest(0, (SELECT count(*) FROM notification) - $1)))""";

    private final PgTransactions transactions;
    private final Outbox outbox;
    private final Clock clock;

    public PgNotificationStore(PgTransactions transactions, Outbox outbox, Clock clock) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = Clock.tick(clock, Duration.ofMillis(1));
    }

    @Override
    public Uni<Void> write(SqlConnection tx, OperationState ended, String correlationId) {
        OperationNotification notification = NotificationComposer.compose(ended);
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(notification.id(), notification.webspaceId().value(),
                        notification.operationId().value(), json(notification)))
                .chain(() -> outbox.append(tx, fact(notification, correlationId)));
    }

    private static OutboxEvent fact(OperationNotification notification, String correlationId) {
        return new OutboxEvent(HubSubjects.operationNotified(
                        notification.webspaceId(), notification.id()),
                NOTIFIED, notification.id(), correlationId, notification);
    }

    @Override
    public Uni<Optional<OperationNotification>> read(String id, String correlationId) {
        return transactions.write(tx -> tx.preparedQuery(UNREAD).execute(Tuple.of(id))
                .chain(rows -> markRead(tx, rows, correlationId))
                .chain(() -> find(tx, id)));
    }

    @Override
    public Uni<OptionalInt> readThrough(String id, String correlationId) {
        return transactions.write(tx -> find(tx, id).chain(found -> found.isEmpty()
                ? Uni.createFrom().item(OptionalInt.empty())
                : tx.preparedQuery(UNREAD_THROUGH).execute(Tuple.of(id, ReadAnswer.READ_MAX))
                        .chain(rows -> markRead(tx, rows, correlationId))
                        .map(OptionalInt::of)));
    }

    private Uni<Integer> markRead(SqlConnection tx, RowSet<Row> unread, String correlationId) {
        Instant now = clock.instant();
        List<OperationNotification> read = new ArrayList<>();
        unread.forEach(row ->
                read.add(notification(row.getString("notification")).readAt(now)));
        if (read.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        String[] ids = read.stream().map(OperationNotification::id).toArray(String[]::new);
        String[] texts = read.stream().map(PgNotificationStore::json).toArray(String[]::new);
        return tx.preparedQuery(READ).execute(Tuple.of(ids, texts))
                .chain(() -> outbox.appendAll(
                        tx, read.stream().map(one -> fact(one, correlationId)).toList()))
                .replaceWith(read.size());
    }

    private static Uni<Optional<OperationNotification>> find(SqlConnection tx, String id) {
        return tx.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> rows.size() == 0
                ? Optional.empty()
                : Optional.of(notification(rows.iterator().next().getString(0))));
    }

    @Override
    public Uni<NotificationPage> newest(Optional<WebspaceId> webspace, int limit) {
        Tuple values = Tuple.of(webspace.map(WebspaceId::value).orElse(null), limit);
        return transactions.snapshot(tx -> outbox.position(tx).chain(position ->
                tx.preparedQuery(NEWEST).execute(values).map(rows -> new NotificationPage(
                        position.epoch(), position.sequence(), oldestFirst(rows)))));
    }

    @Override
    public Uni<Integer> deleteOld(int newestKept, Duration youngerThan, int most) {
        return transactions.write(tx -> tx.preparedQuery(DELETE_OLD)
                .execute(Tuple.of(newestKept, (double) youngerThan.toMillis(), most))
                .map(rows -> rows.rowCount()));
    }

    @Override
    public Uni<Integer> deleteBeyond(int total, int most) {
        return transactions.write(tx -> tx.preparedQuery(DELETE_BEYOND)
                .execute(Tuple.of(total, most))
                .map(rows -> rows.rowCount()));
    }

    private static List<OperationNotification> oldestFirst(RowSet<Row> newestFirst) {
        Deque<OperationNotification> notifications = new ArrayDeque<>();
        newestFirst.forEach(row ->
                notifications.addFirst(notification(row.getString("notification"))));
        return List.copyOf(notifications);
    }

    private static OperationNotification notification(String json) {
        try {
            return HubJson.mapper().readValue(json, OperationNotification.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored notification is unreadable", e);
        }
    }

    private static String json(OperationNotification notification) {
        try {
            return HubJson.mapper().writeValueAsString(notification);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }
}
