package io.adaos.hub.operations.operationlog;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The logs of operations in PostgreSQL; deleted with their operations. */
public final class PgOperationLog {
    /*
     * Notes on numbers.
     *
     * Lines are numbered one by one. Whoever appends has locked the operation's row, as everybody
     * has who changes its state, so the highest number there is cannot rise meanwhile.
     */

    static final int FIRST_KEPT = 500;
    static final int NEWEST_KEPT = 1_500;

    private static final String APPEND = """
            INSERT INTO operation_log (operation_id, line, level, step, message)
            SELECT entry.id, row_number() OVER (PARTITION BY entry.id ORDER BY entry.place)
                    + coalesce((SELECT max(line) FROM operation_log known
                        WHERE known.operation_id = entry.id), 0),
                entry.level, entry.step, entry.message
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
                WITH ORDINALITY AS entry (id, level, step, message, place)
            RETURNING operation_id, line""";
    private static final String FORGET = """
            DELETE FROM operation_log WHERE operation_id = $1 AND line > $2 AND line <= $3""";
    private static final String LOCK = """
            SELECT 1 FROM operation
            WHERE operation_id = $1 AND ($2::bigint IS NULL OR lease_token = $2)
            FOR NO KEY UPDATE""";
    private static final String STATUS = """
            SELECT status, coalesce((SELECT max(line) FROM operation_log l
                WHERE l.operation_id = operation.operation_id), 0) AS lines
            FROM operation WHERE operation_id = $1""";
    private static final String READ = """
            SELECT line, at, level, step, message FROM operation_log
            WHERE operation_id = $1 AND line > $2 ORDER BY line LIMIT $3""";

    private final PgTransactions transactions;

    public PgOperationLog(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** Appends in a transaction that has locked the operations' rows. */
    public static Uni<Void> append(SqlConnection tx, List<LogEntry> entries) {
        return tx.preparedQuery(APPEND)
                .execute(Tuple.of(texts(entries, 0), texts(entries, 1), texts(entries, 2),
                        texts(entries, 3)))
                .chain(rows -> forget(tx, rows));
    }

    private static String[] texts(List<LogEntry> entries, int column) {
        return entries.stream().map(entry -> switch (column) {
            case 0 -> entry.operation().value();
            case 1 -> entry.level().wire();
            case 2 -> entry.step();
            default -> entry.message();
        }).toArray(String[]::new);
    }

    private static Uni<Void> forget(SqlConnection tx, RowSet<Row> written) {
        Map<String, Long> newest = new HashMap<>();
        written.forEach(row -> newest.merge(
                row.getString("operation_id"), row.getLong("line"), Math::max));
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Map.Entry<String, Long> log : newest.entrySet()) {
            long beyond = log.getValue() - NEWEST_KEPT;
            if (beyond > FIRST_KEPT) {
                done = done.chain(() -> tx.preparedQuery(FORGET)
                        .execute(Tuple.of(log.getKey(), (long) FIRST_KEPT, beyond))
                        .replaceWithVoid());
            }
        }
        return done;
    }

    /**
     * Appends lines of one operation.
     *
     * @param fence the token of the lease that must still be held; empty for everybody else
     * @return false when the operation or the lease is gone; nothing was written
     */
    public Uni<Boolean> append(OperationId id, OptionalLong fence, List<LogEntry> entries) {
        Tuple lock = Tuple.of(id.value(), fence.isPresent() ? fence.getAsLong() : null);
        return transactions.write(tx -> tx.preparedQuery(LOCK).execute(lock)
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : append(tx, entries).replaceWith(true)));
    }

    /** The lines after this one; empty when there is no such operation. */
    public Uni<Optional<LogPage>> read(OperationId id, long after, int limit) {
        return transactions.snapshot(tx -> tx.preparedQuery(STATUS).execute(Tuple.of(id.value()))
                .chain(found -> found.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : tx.preparedQuery(READ).execute(Tuple.of(id.value(), after, limit))
                                .map(rows -> Optional.of(
                                        page(id, after, found.iterator().next(), rows)))));
    }

    private static LogPage page(OperationId id, long after, Row operation, RowSet<Row> rows) {
        List<LogPage.Line> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(new LogPage.Line(row.getLong("line"),
                    row.getOffsetDateTime("at").toInstant().truncatedTo(ChronoUnit.MILLIS),
                    LogLevel.of(row.getString("level")), row.getString("step"),
                    row.getString("message")));
        }
        long next = lines.isEmpty() ? after : lines.get(lines.size() - 1).line();
        return new LogPage(id, OperationStatus.of(operation.getString("status")), lines, next,
                Math.max(0, operation.getLong("lines") - FIRST_KEPT - NEWEST_KEPT));
    }
}
