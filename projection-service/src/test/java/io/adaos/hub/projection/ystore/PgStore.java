package io.adaos.hub.projection.ystore;

import io.adaos.hub.projection.ystore.lease.Holder;
import io.adaos.hub.projection.ystore.lease.LeaseTerms;
import io.adaos.hub.projection.ystore.pg.PgDocSnapshotStore;
import io.adaos.hub.projection.ystore.pg.PgSetAsideStore;
import io.adaos.hub.projection.ystore.pg.PgUpdateLog;
import io.adaos.hub.projection.ystore.pg.PgWebspaceStore;
import io.vertx.core.VertxOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.net.URI;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** The store over a real database, with connections of its own. */
public final class PgStore implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Pool pool;

    /** @param url of a database that {@link #migrate} has made ready */
    public PgStore(String url) {
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .connectingTo(PgConnectOptions.fromUri(url).setCachePreparedStatements(true))
                .using(vertx)
                .build();
    }

    /** Makes the tables. */
    public static void migrate(String url) {
        URI address = URI.create(url);
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + address.getHost() + ":" + address.getPort()
                        + address.getPath(), "postgres", "postgres")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** Somebody that may own webspaces, on the terms of production. */
    public static Holder holder(String name) {
        return new Holder(name, "http://" + name, LeaseTerms.DEFAULT);
    }

    /** Somebody that is forgotten soon, but not before the next statement of a busy machine. */
    public static Holder fleeting(String name) {
        return new Holder(name, "http://" + name, new LeaseTerms(
                Duration.ofMillis(1_500), Duration.ofMillis(250), Duration.ofMillis(1_000)));
    }

    public YStore store() {
        return new YStore(new PgWebspaceStore(pool), new PgUpdateLog(pool),
                new PgDocSnapshotStore(pool), new PgSetAsideStore(pool));
    }

    public Pool pool() {
        return pool;
    }

    @Override
    public void close() {
        pool.closeAndAwait();
        vertx.closeAndAwait();
    }
}
