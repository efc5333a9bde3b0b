package io.adaos.hub.runtime.pg;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.testing.TestPostgres;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgTransactionsIT {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private String database;
    private Pool pool;
    private PgTransactions transactions;

    @BeforeEach
    void open() {
        database = TestPostgres.freshDatabase();
        pool = pool(database, 2);
        pool.query("CREATE TABLE t (n int)").execute().await().atMost(WAIT);
        transactions = new PgTransactions(pool, new PgTransactions.CommitListener() {
            @Override
            public void committed(SqlConnection transaction) {
                ends.add("committed");
            }

            @Override
            public void rolledBack(SqlConnection transaction) {
                ends.add("rolled back");
            }
        });
    }

    @AfterEach
    void close() {
        pool.close().await().atMost(WAIT);
        vertx.close().await().atMost(WAIT);
    }

    @Test
    void write_commits_andTellsTheListener() {
        // When
        transactions.write(tx -> insert(tx, 1)).await().atMost(WAIT);

        // Then
        assertEquals(1, count());
        assertEquals(List.of("committed"), ends);
    }

    @Test
    void failedWrite_leavesNothing_andPassesTheFailureOn() {
        // When
        assertThrows(IllegalStateException.class, () -> transactions.write(tx -> insert(tx, 1)
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("no"))))
                .await().atMost(WAIT));
        assertThrows(IllegalArgumentException.class, () -> transactions.write(tx -> {
            throw new IllegalArgumentException("thrown, not failed");
        }).await().atMost(WAIT));

        // Then
        assertEquals(0, count());
        assertEquals(List.of("rolled back", "rolled back"), ends);
    }

    @Test
    void snapshot_seesOneState_andCannotWrite() {
        // When
        int seen = transactions.snapshot(tx -> count(tx)
                .chain(before -> transactions.write(other -> insert(other, 1)).replaceWith(before))
                .chain(before -> count(tx).map(after -> before + after))).await().atMost(WAIT);
        assertThrows(PgException.class, () ->
                transactions.snapshot(tx -> insert(tx, 2)).await().atMost(WAIT));

        // Then
        assertEquals(0, seen);
        assertEquals(1, count());
    }

    /** A client that goes away must not leave an open transaction in the pool. */
    @Test
    void abandonedTransaction_runsToItsEnd() {
        // Given
        for (int i = 0; i < 10; i++) {
            Cancellable write = transactions.write(tx -> tx.query("SELECT pg_sleep(0.05)").execute()
                    .chain(() -> insert(tx, 1))).subscribe().with(done -> { }, failure -> { });
            Cancellable read = transactions.snapshot(tx -> tx.query("SELECT pg_sleep(0.05)")
                    .execute()).subscribe().with(done -> { }, failure -> { });
            pause(20);

            // When
            write.cancel();
            read.cancel();
        }

        // Then
        await().atMost(WAIT).until(() -> openTransactions() == 0);
        await().atMost(WAIT).until(() -> ends.size() == 10 && count() == 10);
        assertTrue(transactions.write(tx -> insert(tx, 2)).onItem().transform(done -> true)
                .await().atMost(WAIT));
    }

    @Test
    void databaseAway_isTold_andHealsByItself() {
        // Given
        transactions.write(tx -> insert(tx, 1)).await().atMost(WAIT);
        Pool nowhere = pool("postgresql://a:b@127.0.0.1:1/x", 1);
        PgTransactions away = new PgTransactions(nowhere, listener());

        // When
        HubException refused = assertThrows(HubException.class,
                () -> away.write(tx -> insert(tx, 1)).await().atMost(WAIT));
        pool.query("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()""").execute()
                .await().atMost(WAIT);
        pause(100);
        transactions.write(tx -> insert(tx, 2)).await().atMost(WAIT);

        // Then
        assertEquals(HubErrorCode.STORE_UNAVAILABLE, refused.code());
        assertEquals(2, count());
    }

    @Test
    void terminatedConnection_inTheMiddle_isStoreUnavailable() {
        // When
        HubException refused = assertThrows(HubException.class, () -> transactions.write(tx ->
                tx.query("SELECT pg_terminate_backend(pg_backend_pid())").execute()
                        .replaceWithVoid()).await().atMost(WAIT));

        // Then
        assertEquals(HubErrorCode.STORE_UNAVAILABLE, refused.code());
    }

    @Test
    void advisoryLock_isHeldByOne_andFreedWithItsConnection() {
        // Given
        AdvisoryLock first = lock();
        AdvisoryLock second = lock();
        boolean taken = first.tryAcquire().await().atMost(WAIT);
        boolean refused = second.tryAcquire().await().atMost(WAIT);

        // When
        first.release().await().atMost(WAIT);

        // Then
        assertTrue(taken);
        assertFalse(refused);
        assertTrue(second.tryAcquire().await().atMost(WAIT));
    }

    /** The connection that held the lock must not live on anywhere, or the lock would too. */
    @Test
    void droppedLock_canBeTakenAtOnceByAnybody() {
        // Given
        AdvisoryLock first = lock();
        AdvisoryLock second = lock();
        assertTrue(first.tryAcquire().await().atMost(WAIT));

        // When
        first.drop();
        await().atMost(WAIT).until(() -> first.tryAcquire().await().atMost(WAIT));
        boolean refused = second.tryAcquire().await().atMost(WAIT);
        first.drop();

        // Then
        assertFalse(refused);
        await().atMost(WAIT).until(() -> second.tryAcquire().await().atMost(WAIT));
        assertFalse(first.held());
        second.confirm().await().atMost(WAIT);
    }

    /** Who stops waiting must not leave a lock behind that nobody knows of. */
    @Test
    void abandonedTry_endsWithALockThatIsKnown() {
        // Given
        AdvisoryLock lock = lock();

        // When
        lock.tryAcquire().subscribe().with(done -> { }, failure -> { }).cancel();

        // Then
        await().atMost(WAIT).until(lock::held);
        lock.release().await().atMost(WAIT);
        assertTrue(lock().tryAcquire().await().atMost(WAIT));
    }

    @Test
    void boundedConnection_endsAStatementByItself() {
        // Given
        PgConnectOptions options = PgConnections.bounded(PgConnectOptions.fromUri(database));
        PgConnection connection = PgConnection.connect(vertx, options).await().atMost(WAIT);

        // When
        String wait = connection.query("SHOW statement_timeout").execute().await().atMost(WAIT)
                .iterator().next().getString(0);
        connection.close().await().atMost(WAIT);

        // Then
        assertEquals(PgConnections.STATEMENT_WAIT.toSeconds() + "s", wait);
        assertTrue(options.isTcpKeepAlive());
    }

    private AdvisoryLock lock() {
        return new AdvisoryLock(vertx, () -> PgConnectOptions.fromUri(database), "lock");
    }

    private int openTransactions() {
        return pool.query("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'""")
                .execute()
                .await().atMost(WAIT).iterator().next().getInteger(0);
    }

    private int count() {
        return transactions.snapshot(PgTransactionsIT::count).await().atMost(WAIT);
    }

    private static Uni<Integer> count(SqlConnection tx) {
        return tx.query("SELECT count(*) FROM t").execute()
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static Uni<Void> insert(SqlConnection tx, int n) {
        return tx.query("INSERT INTO t VALUES (" + n + ")").execute().replaceWithVoid();
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Pool pool(String database, int size) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(size))
                .connectingTo(PgConnectOptions.fromUri(database))
                .using(vertx)
                .build();
    }

    private static PgTransactions.CommitListener listener() {
        return new PgTransactions.CommitListener() {
            @Override
            public void committed(SqlConnection transaction) {
                throw new AssertionError("nothing can be committed");
            }

            @Override
            public void rolledBack(SqlConnection transaction) {
                throw new AssertionError("nothing was begun");
            }
        };
    }
}
