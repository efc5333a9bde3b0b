package io.adaos.hub.runtime.pg;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A session-level advisory lock on a connection of its own: held by one process at a time and freed
 * by the server when that process or its connection ends.
 */
public final class AdvisoryLock {

    private final Pool pool;
    private final long key;
    private final AtomicReference<PgConnection> holder = new AtomicReference<>();

    /** The lock of this name within one database. */
    public AdvisoryLock(Pool pool, String name) {
        this.pool = pool;
        this.key = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .getMostSignificantBits();
    }

    /** Takes the lock if it is free; true also when this object holds it already. */
    public Uni<Boolean> tryAcquire() {
        if (held()) {
            return Uni.createFrom().item(true);
        }
        return pool.getConnection().chain(connection -> {
            PgConnection own = PgConnection.cast(connection);
            return own.preparedQuery("SELECT pg_try_advisory_lock($1)").execute(Tuple.of(key))
                    .map(rows -> rows.iterator().next().getBoolean(0))
                    .onFailure().call(own::close)
                    .chain(taken -> taken ? keep(own) : own.close().replaceWith(false));
        });
    }

    /** Whether this object holds the lock, as far as its connection knows. */
    public boolean held() {
        return holder.get() != null;
    }

    /** The connection that holds the lock, for LISTEN; never give it back to the pool. */
    public Optional<PgConnection> connection() {
        return Optional.ofNullable(holder.get());
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

    private Uni<Boolean> keep(PgConnection own) {
        own.closeHandler(() -> holder.compareAndSet(own, null));
        holder.set(own);
        return Uni.createFrom().item(true);
    }
}
