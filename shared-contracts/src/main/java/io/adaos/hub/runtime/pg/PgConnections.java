package io.adaos.hub.runtime.pg;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.mutiny.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How every connection to the database is made, so that one that has gone silent ends by itself.
 *
 * <p>A statement ends after 50 s on the server. A connection with work on it that says nothing for
 * 60 s is cut off; one without work is closed before that, so that only the broken ones are.
 */
@Singleton
@IfBuildProperty(name = "hub.outbox.enabled", stringValue = "true", enableIfMissing = true)
public final class PgConnections implements PgPoolCreator {

    static final Duration STATEMENT_WAIT = Duration.ofSeconds(50);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(5);
    private static final Duration UNUSED_KEPT = Duration.ofSeconds(30);
    private static final int WAITING_MAX = 512;

    private volatile PgConnectOptions options;      // null before the pool is made

    @Override
    public Pool create(Input input) {
        List<SqlConnectOptions> bounded = new ArrayList<>();
        input.pgConnectOptionsList().forEach(given -> bounded.add(bounded(given)));
        options = bounded(input.pgConnectOptionsList().get(0));
        return PgBuilder.pool()
                .with(bounded(input.poolOptions()))
                .connectingTo(bounded)
                .using(input.vertx())
                .build();
    }

    /** A lock of this name, on a connection that the pool knows nothing of. */
    public AdvisoryLock lock(Vertx vertx, String name) {
        return new AdvisoryLock(vertx, () -> options, name);
    }

    /** The same database, with an end to every wait. */
    static PgConnectOptions bounded(PgConnectOptions given) {
        PgConnectOptions bounded = new PgConnectOptions(given);
        bounded.setTcpKeepAlive(true)
                .setConnectTimeout((int) CONNECT_WAIT.toMillis())
                .setIdleTimeout((int) SILENCE_MAX.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        Map<String, String> properties = new TreeMap<>(bounded.getProperties());
        properties.putIfAbsent("statement_timeout", String.valueOf(STATEMENT_WAIT.toMillis()));
        bounded.setProperties(properties);
        return bounded;
    }

    private static PoolOptions bounded(PoolOptions given) {
        return new PoolOptions(given)
                .setMaxWaitQueueSize(WAITING_MAX)
                .setIdleTimeout((int) UNUSED_KEPT.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }
}
