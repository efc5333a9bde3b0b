package io.adaos.hub.projection.ystore.pg;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.ystore.ClientIds;
import io.adaos.hub.projection.ystore.Lease;
import io.adaos.hub.projection.ystore.WebspaceStore;
import io.adaos.hub.projection.ystore.lease.Holder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Webspaces and their leases in PostgreSQL. */
public final class PgWebspaceStore implements WebspaceStore {

    /*
     * Notes on client ids.
     *
     * Of two concurrent values of one map key the one of the greater client id wins, so each room
     * takes a greater one than every room before it. The first is random in the 30-bit range, far
     * from 0 and with room above; browsers draw theirs from 32 bits. Steps are random, so that a
     * store restored from a backup does not give out an id that its lost future had used.
     *
     * Each lease has a run of ids, of which the first is the room's own. All runs are kept: what
     * was written under an id of none of them is not the server's.
     */

    private static final String CREATE = """
            INSERT INTO webspaces (webspace, created_by)
            SELECT $1, $2 WHERE (SELECT count(*) FROM webspaces) < $3
            ON CONFLICT (webspace) DO NOTHING""";

    private static final String EXISTS = "SELECT 1 FROM webspaces WHERE webspace = $1";

    private static final String LIST = "SELECT webspace FROM webspaces ORDER BY webspace";

    private static final String ACQUIRE = """
            WITH taken AS (
                UPDATE webspaces SET epoch = epoch + 1, holder = $2, holder_address = $3,
                    held_since = clock_timestamp(),
                    lease_until = clock_timestamp() + $4 * interval '1 millisecond',
                    client_id = CASE client_id
                        WHEN 0 THEN 268435456 + floor(random() * 805306368)::bigint
                        ELSE client_id + 1 + $5 + floor(random() * 65536)::bigint END
                WHERE webspace = $1 AND (lease_until <= clock_timestamp() OR holder = $2)
                RETURNING webspace, epoch, client_id, generation_floor),
            noted AS (
                INSERT INTO server_clients (webspace, first_id, last_id)
                SELECT webspace, client_id, client_id + $5 FROM taken)
            SELECT epoch, client_id, generation_floor FROM taken""";

    private static final String CLIENT_IDS = """
            SELECT first_id, last_id FROM server_clients WHERE webspace = $1 ORDER BY first_id""";

    private static final String UNUSED =
            "DELETE FROM server_clients WHERE webspace = $1 AND first_id = $2";

    private static final String HELD_BY = """
            SELECT coalesce(holder_address, '') AS address, greatest(0, ceil(1000
                * extract(epoch FROM lease_until - clock_timestamp())))::bigint AS wait_millis
            FROM webspaces WHERE webspace = $1 AND isfinite(lease_until)""";

    /**
     * Locks in the order in which appends lock, so that the two cannot wait for each other; one
     * that comes late does not undo a release.
     */
    private static final String RENEW = """
            WITH due AS MATERIALIZED (
                SELECT w.webspace, w.epoch FROM webspaces w
                JOIN unnest($1::text[], $2::bigint[]) AS r(webspace, epoch)
                    ON w.webspace = r.webspace AND w.epoch = r.epoch
                WHERE w.holder = $4 ORDER BY w.webspace FOR NO KEY UPDATE OF w)
            UPDATE webspaces SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
            FROM due WHERE webspaces.webspace = due.webspace AND webspaces.epoch = due.epoch
            RETURNING webspaces.webspace""";

    private static final String RELEASE = """
            WITH due AS MATERIALIZED (
                SELECT w.webspace, w.epoch FROM webspaces w
                JOIN unnest($1::text[], $2::bigint[]) AS r(webspace, epoch)
                    ON w.webspace = r.webspace AND w.epoch = r.epoch
                ORDER BY w.webspace FOR NO KEY UPDATE OF w)
            UPDATE webspaces SET lease_until = '-infinity', holder = NULL, holder_address = NULL
            FROM due WHERE webspaces.webspace = due.webspace AND webspaces.epoch = due.epoch""";

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(2);

    private final Pool pool;

    public PgWebspaceStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Creation> create(WebspaceId webspace, String createdBy) {
        return pool.preparedQuery(CREATE)
                .execute(Tuple.of(webspace.value(), createdBy, (long) WEBSPACES_MAX))
                .chain(created -> created.rowCount() > 0
                        ? Uni.createFrom().item(Creation.CREATED)
                        : pool.preparedQuery(EXISTS).execute(Tuple.of(webspace.value()))
                                .map(found -> found.size() > 0
                                        ? Creation.EXISTED : Creation.LIMIT_REACHED))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<List<WebspaceId>> list() {
        return pool.preparedQuery(LIST).execute()
                .map(rows -> rows.stream()
                        .map(row -> new WebspaceId(row.getString("webspace"))).toList())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Acquisition> acquire(WebspaceId webspace, Holder holder) {
        Tuple wish = Tuple.of(webspace.value(), holder.name(), holder.address(),
                holder.terms().ttl().toMillis(), (long) Lease.KEY_CLIENTS);
        return pool.preparedQuery(ACQUIRE).execute(wish)
                .chain(rows -> rows.size() > 0
                        ? granted(webspace, rows.iterator().next()) : refused(webspace))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<List<ClientIds>> clientIds(WebspaceId webspace) {
        return pool.preparedQuery(CLIENT_IDS).execute(Tuple.of(webspace.value()))
                .map(rows -> rows.stream().map(row ->
                        new ClientIds(row.getLong("first_id"), row.getLong("last_id"))).toList())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> unused(WebspaceId webspace, ClientIds run) {
        return pool.preparedQuery(UNUSED).execute(Tuple.of(webspace.value(), run.first()))
                .replaceWithVoid().subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Set<WebspaceId>> renew(Holder holder, Collection<Lease> leases) {
        Tuple all = columns(leases)
                .addLong(holder.terms().ttl().toMillis()).addString(holder.name());
        return pool.preparedQuery(RENEW).execute(all)
                .ifNoItem().after(ANSWER_WAIT).fail()
                .map(rows -> rows.stream()
                        .map(row -> new WebspaceId(row.getString("webspace")))
                        .collect(Collectors.toSet()))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> release(Collection<Lease> leases) {
        return pool.preparedQuery(RELEASE).execute(columns(leases))
                .ifNoItem().after(ANSWER_WAIT).fail()
                .replaceWithVoid().subscribeAsCompletionStage();
    }

    private static Tuple columns(Collection<Lease> leases) {
        return Tuple.tuple()
                .addArrayOfString(leases.stream()
                        .map(lease -> lease.webspace().value()).toArray(String[]::new))
                .addArrayOfLong(leases.stream().map(Lease::epoch).toArray(Long[]::new));
    }

    private static Uni<Acquisition> granted(WebspaceId webspace, Row row) {
        return Uni.createFrom().item(new Acquisition.Granted(lease(webspace, row)));
    }

    /** Between the two statements the owner may have gone; then there is nothing to wait for. */
    private Uni<Acquisition> refused(WebspaceId webspace) {
        Tuple name = Tuple.of(webspace.value());
        return pool.preparedQuery(HELD_BY).execute(name)
                .chain(rows -> rows.size() > 0
                        ? Uni.createFrom().item(heldBy(rows.iterator().next()))
                        : pool.preparedQuery(EXISTS).execute(name).map(found ->
                                found.size() > 0
                                        ? new Acquisition.HeldBy("", Duration.ZERO)
                                        : new Acquisition.Unknown()));
    }

    private static Acquisition heldBy(Row row) {
        return new Acquisition.HeldBy(
                row.getString("address"), Duration.ofMillis(row.getLong("wait_millis")));
    }

    private static Lease lease(WebspaceId webspace, Row row) {
        return new Lease(webspace, row.getLong("epoch"), row.getLong("client_id"),
                row.getLong("generation_floor"));
    }
}
