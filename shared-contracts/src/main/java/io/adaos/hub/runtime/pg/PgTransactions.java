package io.adaos.hub.runtime.pg;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.function.Function;

/**
 * Every transaction of a service with a database.
 *
 * <p>A transaction runs to its end, and the listener hears of it, even when nobody waits for the
 * answer any more. When the
 * database is away, or gives no answer for 60 s, both methods fail with {@code store_unavailable};
 * in the second case a write may still have happened.
 */
public final class PgTransactions {

    private static final String BEGIN_SNAPSHOT =
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(60);

    private final Pool pool;
    private final CommitListener listener;

    /** Over a pool; the listener hears of every end of a write. */
    public PgTransactions(Pool pool, CommitListener listener) {
        this.pool = pool;
        this.listener = listener;
    }

    /** Hears how write transactions end; called once for each. */
    public interface CommitListener {
        /** The transaction on this connection is committed. */
        void committed(SqlConnection transaction);

        /** The transaction on this connection left nothing behind. */
        void rolledBack(SqlConnection transaction);
    }

    /** Read committed, read and write; a failure rolls back and is passed on. */
    public <T> Uni<T> write(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            SqlConnection[] used = new SqlConnection[1];
            return pool.withTransaction(connection -> {
                used[0] = connection;
                return run(work, connection);
            })
                    .invoke(() -> listener.committed(used[0]))
                    .onFailure().invoke(() -> rolledBack(used[0]))
                    .memoize().indefinitely();
        }).ifNoItem().after(ANSWER_WAIT).fail().onFailure().transform(PgFailures::translate);
    }

    /** Repeatable read, read only: every query sees the same state. */
    public <T> Uni<T> snapshot(Function<SqlConnection, Uni<T>> work) {
        return pool.withConnection(connection -> connection.query(BEGIN_SNAPSHOT).execute()
                        .chain(() -> run(work, connection))
                        .onItemOrFailure().call((item, failure) -> end(connection, failure)))
                .ifNoItem().after(ANSWER_WAIT).fail()
                .onFailure().transform(PgFailures::translate);
    }

    private void rolledBack(SqlConnection connection) {
        if (connection != null) {
            listener.rolledBack(connection);
        }
    }

    /** Work that throws instead of failing must not leave the transaction open. */
    private static <T> Uni<T> run(Function<SqlConnection, Uni<T>> work, SqlConnection connection) {
        return Uni.createFrom().deferred(() -> work.apply(connection));
    }

    private static Uni<Void> end(SqlConnection connection, Throwable failure) {
        String end = failure == null ? "COMMIT" : "ROLLBACK";
        return connection.query(end).execute().replaceWithVoid();
    }
}
