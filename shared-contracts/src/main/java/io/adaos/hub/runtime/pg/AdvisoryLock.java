package io.adaos.hub.runtime.pg;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A session-level advisory lock on a connection of its own: held by one process at a time and freed
 * by the server when that process or its connection ends.
 *
 * <p>The connection is no part of any pool. Whatever ends the lock closes it, since a pool would
 * hand it on with the lock still held. It is cut off when nothing is said on it for 30 s.
 */
public final class AdvisoryLock {

    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Supplier<PgConnectOptions> database;
    private final long key;
    private final AtomicReference<PgConnection> holder = new AtomicReference<>();

    /** The lock of this name within the database, which is asked for at each try. */
    public AdvisoryLock(Vertx vertx, Supplier<PgConnectOptions> database, String name) {
        this.vertx = vertx;
        this.database = database;
        this.key = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .getMostSignificantBits();
    }

    /**
     * Takes the lock if it is free; true also when this object holds it already. A try runs to its
     * end whoever waits for it, so that no connection is forgotten.
     */
    public Uni<Boolean> tryAcquire() {
        return Uni.createFrom().deferred(() -> held()
                ? Uni.createFrom().item(true)
                : acquire().memoize().indefinitely());
    }

    /** Whether this object holds the lock, as far as its connection knows. */
    public boolean held() {
        return holder.get() != null;
    }

    /** The connection that holds the lock, for LISTEN. */
    public Optional<PgConnection> connection() {
        return Optional.ofNullable(holder.get());
    }

    /** Asks the server whether the connection still lives; to be done every few seconds. */
    public Uni<Void> confirm() {
        PgConnection own = holder.get();
        return own == null
                ? Uni.createFrom().voidItem()
                : own.query("SELECT 1").execute().replaceWithVoid();
    }

    /** Frees the lock. */
    public Uni<Void> release() {
        PgConnection own = holder.getAndSet(null);
        if (own == null) {
            return Uni.createFrom().voidItem();
        }
        return own.preparedQuery("SELECT pg_advisory_unlock($1)").execute(Tuple.of(key))
                .replaceWithVoid()
                .onFailure().recoverWithNull()
                .chain(own::close);
    }

    /** Gives up a connection that does not answer; the server frees the lock when it notices. */
    public void drop() {
        PgConnection own = holder.getAndSet(null);
        if (own != null) {
            own.close().subscribe().with(done -> { }, failure -> { });
        }
    }

    private Uni<Boolean> acquire() {
        PgConnectOptions options = new PgConnectOptions(database.get());
        options.setIdleTimeout((int) SILENCE_MAX.toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgConnection.connect(vertx, options).chain(own ->
                own.preparedQuery("SELECT pg_try_advisory_lock($1)").execute(Tuple.of(key))
                        .map(rows -> rows.iterator().next().getBoolean(0))
                        .onFailure().call(own::close)
                        .chain(taken -> taken ? keep(own) : own.close().replaceWith(false)));
    }

    private Uni<Boolean> keep(PgConnection own) {
        own.closeHandler(() -> holder.compareAndSet(own, null));
        holder.set(own);
        return Uni.createFrom().item(true);
    }
}
