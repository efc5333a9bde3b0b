package io.adaos.hub.operations.testing;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.execution.ExecutionLimits;
import io.adaos.hub.operations.execution.HandlerRegistry;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.operations.execution.RetryPolicy;
import io.adaos.hub.operations.execution.child.PgChildren;
import io.adaos.hub.operations.execution.lease.LeaseStore;
import io.adaos.hub.operations.execution.lease.PgLeaseStore;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationIds;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.operations.lifecycle.store.PgOperationStore;
import io.adaos.hub.operations.notification.PgNotificationStore;
import io.adaos.hub.operations.operationlog.PgOperationLog;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.outbox.OutboxPosition;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.adaos.hub.testing.TestPostgres;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;

/** The inside of the service on a real, fresh database, without HTTP, bus or framework. */
public final class OperationsBench implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(30);

    public final PgTransactions transactions;
    public final Outbox outbox = new TableOutbox();
    public final PgOperationStore store;
    public final LeaseStore leases;
    public final PgChildren children;
    public final PgOperationLog log;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final List<OperationRunner> runners = new ArrayList<>();

    public OperationsBench() {
        String url = TestPostgres.freshDatabase();
        Flyway.configure()
                .dataSource("jdbc:postgresql:" + url.substring(url.indexOf("//"))
                        .replaceFirst("//[^@]*@", "//"), "postgres", "postgres")
                .locations("db/outbox", "db/migration")
                .load().migrate();
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(10))
                .connectingTo(PgConnectOptions.fromUri(url))
                .using(vertx)
                .build();
        transactions = new PgTransactions(pool, new PgTransactions.CommitListener() {
            @Override
            public void committed(SqlConnection transaction) {
                // nobody publishes here
            }

            @Override
            public void rolledBack(SqlConnection transaction) {
                // nobody publishes here
            }
        });
        store = new PgOperationStore(transactions, outbox,
                new OperationIds(Clock.systemUTC(), new SecureRandom()), Clock.systemUTC(),
                List.of(new PgNotificationStore(
                        transactions, outbox, Clock.systemUTC())));
        leases = new PgLeaseStore(transactions, store);
        children = new PgChildren(transactions);
        log = new PgOperationLog(transactions);
    }

    /** A runner as another process would have it; closed with the bench. */
    public OperationRunner runner(Collection<OperationHandler> handlers, Duration leaseTtl) {
        OperationManager manager = new OperationManager(
                store, handlers.stream().map(OperationHandler::rules).toList());
        OperationRunner runner = new OperationRunner(manager, leases, log, children,
                new HandlerRegistry(handlers),
                new RetryPolicy(Duration.ofMillis(50), Duration.ofMillis(200)),
                new ExecutionLimits(2, leaseTtl, Duration.ofMillis(50), 5,
                        Duration.ofSeconds(2), Duration.ofMillis(200)));
        runners.add(runner);
        return runner;
    }

    /** A command with the least members. */
    public static OperationCommand command(String kind, String id, String version, boolean queue) {
        String target = kind.substring(0, kind.indexOf('.'));
        return new OperationCommand(new OperationKind(kind),
                new TargetRef(target, id, NodeId.HUB), version, WebspaceId.DESKTOP, Map.of(),
                queue, 0);
    }

    public Admission accept(OperationCommand command) {
        return accept(command, Optional.empty(), Duration.ofMinutes(1));
    }

    public Admission accept(
            OperationCommand command, Optional<Submission.Key> key, Duration deadline) {
        return await(store.accept(new Submission(
                command, new Initiator("user", "anna"), "correlation", key), deadline));
    }

    /** Accepts and answers the id; fails unless it was admitted. */
    public OperationId admitted(OperationCommand command) {
        return ((Admission.Admitted) accept(command)).operation().operationId();
    }

    /** The same, of an operation with this deadline. */
    public OperationId briefly(String kind, String target, Duration deadline) {
        return ((Admission.Admitted) accept(command(kind, target, null, false),
                Optional.empty(), deadline)).operation().operationId();
    }

    /** Waits until it is so. */
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about");
            }
            sleep(20);
        }
    }

    /** Waits for the latch, as a handler that blocks does. */
    public static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nobody counted down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public OperationState state(OperationId id) {
        return await(store.find(id)).orElseThrow().state();
    }

    /** Waits for the end. */
    public OperationState ended(OperationId id) {
        long end = System.nanoTime() + WAIT.toNanos();
        while (System.nanoTime() < end) {
            OperationState state = state(id);
            if (state.status().isTerminal()) {
                return state;
            }
            sleep(20);
        }
        throw new AssertionError("still active: " + state(id));
    }

    /** The facts of a type, as JSON, in the order they were committed. */
    public List<String> facts(String type) {
        return strings("SELECT payload FROM outbox WHERE type = $1 ORDER BY id", Tuple.of(type));
    }

    /** The first column of a query as texts. */
    public List<String> strings(String sql, Tuple values) {
        return await(pool.preparedQuery(sql).execute(values).map(rows -> {
            List<String> texts = new ArrayList<>();
            rows.forEach(row -> texts.add(String.valueOf(row.getValue(0))));
            return texts;
        }));
    }

    public static <T> T await(Uni<T> work) {
        return work.await().atMost(WAIT);
    }

    public static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        runners.forEach(OperationRunner::stop);
        await(pool.close());
        await(vertx.close());
    }

    /** The outbox table without the relay that wakes up for it. */
    private static final class TableOutbox implements Outbox {

        @Override
        public Uni<Void> append(SqlConnection tx, OutboxEvent event) {
            return tx.preparedQuery("""
                    INSERT INTO outbox (subject, type, key, correlation_id, payload)
                    VALUES ($1, $2, $3, $4, $5)""")
                    .execute(Tuple.of(event.subject(), event.type(), event.key(),
                            event.correlationId(), Json.of(event.data())))
                    .replaceWithVoid();
        }

        @Override
        public Uni<Void> appendAll(SqlConnection tx, List<OutboxEvent> events) {
            Uni<Void> appended = Uni.createFrom().voidItem();
            for (OutboxEvent event : events) {
                appended = appended.chain(() -> append(tx, event));
            }
            return appended;
        }

        @Override
        public Uni<OutboxPosition> position(SqlConnection tx) {
            return tx.query("SELECT epoch, sequence FROM outbox_head").execute().map(rows ->
                    new OutboxPosition(rows.iterator().next().getString(0),
                            rows.iterator().next().getLong(1)));
        }
    }
}
