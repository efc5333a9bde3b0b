package io.adaos.hub.projection.ystore;

import io.adaos.hub.contracts.id.WebspaceId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Webspaces and their leases in PostgreSQL. */
public final class PgWebspaceStore implements WebspaceStore {

    /*
     * Notes on client ids.
     *
     * Of two concurrent values of one map key the one of the greater client id wins, so each room
     * takes a greater one than every room before it. The first is random in the 30-bit range, far
     * from 0 and with room above; browsers draw theirs from 32 bits. Steps are random, so that a
     * store restored from a backup does not give out an id that its lost future had used.
     */

    private static final String CREATE = """
            INSERT INTO webspaces (webspace, created_by)
            SELECT $1, $2 WHERE (SELECT count(*) FROM webspaces) < $3
            ON CONFLICT (webspace) DO NOTHING""";

    private static final String EXISTS = "SELECT 1 FROM webspaces WHERE webspace = $1";

    private static final String LIST = "SELECT webspace FROM webspaces ORDER BY webspace";

    private static final String ACQUIRE = """
            UPDATE webspaces SET epoch = epoch + 1, holder = $2, held_since = now(),
                client_id = CASE client_id
                    WHEN 0 THEN 268435456 + floor(random() * 805306368)::bigint
                    ELSE client_id + 1 + floor(random() * 65536)::bigint END
            WHERE webspace = $1
            RETURNING epoch, client_id, generation_floor""";

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
    public CompletionStage<Optional<Lease>> acquire(WebspaceId webspace, String holder) {
        return pool.preparedQuery(ACQUIRE).execute(Tuple.of(webspace.value(), holder))
                .map(rows -> rows.stream().findFirst().map(row -> lease(webspace, row)))
                .subscribeAsCompletionStage();
    }

    private static Lease lease(WebspaceId webspace, Row row) {
        return new Lease(webspace, row.getLong("epoch"), row.getLong("client_id"),
                row.getLong("generation_floor"));
    }
}
