package io.adaos.hub.runtime.outbox.relay;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The relay's side of the outbox table. */
final class PgRelayStore {

    private static final String LOCK_HEAD =
            "SELECT epoch, sequence, published FROM outbox_head FOR UPDATE";
    private static final String NUMBER = """
            WITH chosen AS (
                SELECT id FROM outbox WHERE sequence IS NULL ORDER BY id LIMIT $2
            ), placed AS (
                SELECT id, $1::bigint + row_number() OVER (ORDER BY id) AS place FROM chosen
            )
            UPDATE outbox SET sequence = placed.place FROM placed WHERE outbox.id = placed.id""";
    private static final String MOVE_HEAD = "UPDATE outbox_head SET sequence = sequence + $1";
    private static final String UNPUBLISHED = """
            SELECT sequence, subject, type, key, correlation_id, payload, created_at, parked
            FROM outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2""";
    private static final String MARK =
            "UPDATE outbox SET published_at = now() WHERE sequence > $1 AND sequence <= $2";
    private static final String MOVE_PUBLISHED =
            "UPDATE outbox_head SET published = $1 WHERE published < $1";
    private static final String PARK = "UPDATE outbox SET parked = $2 WHERE sequence = $1";
    private static final String CLEAN = """
            DELETE FROM outbox WHERE id IN (
                SELECT id FROM outbox
                WHERE published_at < now() - make_interval(secs => $1)
                    AND (parked IS NULL OR published_at < now() - make_interval(secs => $2))
                LIMIT $3)""";
    private static final String HEALTH = """
            SELECT h.epoch, h.sequence, h.published,
                (SELECT count(*) FROM outbox WHERE sequence IS NULL) AS unnumbered,
                (SELECT count(*) FROM outbox WHERE parked IS NOT NULL) AS parked
            FROM outbox_head h""";

    private final Pool pool;

    PgRelayStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Gives committed rows their numbers, in a transaction of its own; answers the head after it.
     *
     * <p>Two statements on purpose: the second takes its snapshot when the head is locked, so rows
     * that another relay numbered meanwhile are not chosen again.
     */
    Uni<OutboxHead> number(int rowsMax) {
        return pool.withTransaction(tx -> tx.query(LOCK_HEAD).execute()
                .map(PgRelayStore::head)
                .chain(head -> tx.preparedQuery(NUMBER)
                        .execute(Tuple.of(head.sequence(), (long) rowsMax))
                        .chain(done -> moved(tx, head, done.rowCount()))));
    }

    /** Numbered rows above a number, in order. */
    Uni<List<NumberedFact>> above(long sequence, int rowsMax) {
        return pool.preparedQuery(UNPUBLISHED).execute(Tuple.of(sequence, (long) rowsMax))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PgRelayStore::fact)
                        .toList());
    }

    /** Everything above one number up to another is published. */
    Uni<Void> published(long above, long upTo) {
        return pool.withTransaction(tx -> tx.preparedQuery(MARK).execute(Tuple.of(above, upTo))
                .chain(() -> tx.preparedQuery(MOVE_PUBLISHED).execute(Tuple.of(upTo)))
                .replaceWithVoid());
    }

    /** This row can never be published. */
    Uni<Void> park(long sequence, String reason) {
        return pool.preparedQuery(PARK).execute(Tuple.of(sequence, reason)).replaceWithVoid();
    }

    /** Deletes published rows of a certain age; answers how many. */
    Uni<Integer> clean(Duration age, Duration parkedAge, int rowsMax) {
        return pool.preparedQuery(CLEAN)
                .execute(Tuple.of(
                        (double) age.toSeconds(), (double) parkedAge.toSeconds(), (long) rowsMax))
                .map(RowSet::rowCount);
    }

    /** What an operator wants to know. */
    Uni<Map<String, Object>> health() {
        return pool.query(HEALTH).execute().map(rows -> {
            Row row = rows.iterator().next();
            long parked = row.getLong("parked");
            Map<String, Object> health = new LinkedHashMap<>();
            health.put("ok", parked == 0);
            health.put("epoch", row.getString("epoch"));
            health.put("sequence", row.getLong("sequence"));
            health.put("published", row.getLong("published"));
            health.put("lag", row.getLong("unnumbered")
                    + row.getLong("sequence") - row.getLong("published"));
            health.put("parked", parked);
            return health;
        });
    }

    private static Uni<OutboxHead> moved(SqlConnection tx, OutboxHead head, int rows) {
        if (rows == 0) {
            return Uni.createFrom().item(head);
        }
        return tx.preparedQuery(MOVE_HEAD).execute(Tuple.of((long) rows))
                .replaceWith(new OutboxHead(
                        head.epoch(), head.sequence() + rows, head.published()));
    }

    private static OutboxHead head(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new OutboxHead(row.getString(0), row.getLong(1), row.getLong(2));
    }

    private static NumberedFact fact(Row row) {
        return new NumberedFact(
                row.getLong("sequence"),
                row.getString("subject"),
                row.getString("type"),
                row.getString("key"),
                row.getString("correlation_id"),
                row.getString("payload"),
                row.getOffsetDateTime("created_at").withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant(),
                row.getString("parked"));
    }
}
