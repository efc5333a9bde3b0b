package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.adaos.hub.testing.TestPostgres;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The store in PostgreSQL. */
class PgYStoreTest extends YStoreContract {

    private final Vertx vertx = Vertx.vertx();
    private Pool pool;

    @BeforeEach
    void migrate() {
        URI address = URI.create(TestPostgres.freshDatabase());
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + address.getHost() + ":" + address.getPort()
                        + address.getPath(), "postgres", "postgres")
                .locations("classpath:db/migration")
                .load()
                .migrate();
        pool = PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(address.toString()))
                .using(vertx)
                .build();
    }

    @AfterEach
    void close() {
        pool.closeAndAwait();
        vertx.closeAndAwait();
    }

    @Override
    YStore emptyStore() {
        PgTransactions transactions = new PgTransactions(pool, new Deaf());
        return new YStore(
                new PgWebspaceStore(pool),
                new PgUpdateLog(pool, transactions),
                new PgDocSnapshotStore(pool, transactions),
                Clock.systemUTC());
    }

    @Override
    void damage(WebspaceId webspace, long generation) {
        pool.preparedQuery("""
                UPDATE update_log SET payload = set_byte(payload, 0, 0)
                WHERE webspace = $1 AND generation = $2""")
                .executeAndAwait(Tuple.of(webspace.value(), generation));
    }

    /** No outbox hears of these commits. */
    private static final class Deaf implements PgTransactions.CommitListener {

        @Override
        public void committed(SqlConnection transaction) {
            // nobody waits
        }

        @Override
        public void rolledBack(SqlConnection transaction) {
            // nobody waits
        }
    }
}
