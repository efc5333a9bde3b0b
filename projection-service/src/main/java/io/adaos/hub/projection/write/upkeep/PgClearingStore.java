package io.adaos.hub.projection.write.upkeep;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;

/** What is still to be cleared of artifacts that are gone, and where. */
@Singleton
final class PgClearingStore {

    /**
     * In no order: what another replica owns must not hide the rest. Not at once: a list of what is
     * installed may be a moment older than another, and an artifact may come back.
     */
    private static final String DUE = """
            SELECT c.layer, c.webspace, w.kind, w.id, w.manifest
            FROM rule_clearings c JOIN withdrawn_layers w ON w.layer = c.layer
            WHERE w.withdrawn_at < now() - interval '3 seconds'
            ORDER BY random() LIMIT $1""";
    private static final String DONE =
            "DELETE FROM rule_clearings WHERE layer = $1 AND webspace = $2";
    private static final String FORGET = """
            DELETE FROM withdrawn_layers w
            WHERE NOT EXISTS (SELECT FROM rule_clearings c WHERE c.layer = w.layer)""";

    /** An artifact that is gone, in one webspace. */
    record Clearing(long layer, WebspaceId webspace, ArtifactRef owner, String manifest) {
    }

    private final PgTransactions transactions;

    PgClearingStore(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** Some of what is to be done. */
    Uni<List<Clearing>> due(int max) {
        return transactions.snapshot(tx -> tx.preparedQuery(DUE).execute(Tuple.of(max))
                .map(rows -> rows.stream().map(row -> new Clearing(row.getLong("layer"),
                        new WebspaceId(row.getString("webspace")),
                        new ArtifactRef(row.getString("kind"), row.getString("id")),
                        row.getString("manifest"))).toList()));
    }

    /** It is done; says so again without harm. */
    Uni<Void> done(Clearing clearing) {
        return transactions.write(tx -> tx.preparedQuery(DONE)
                .execute(Tuple.of(clearing.layer(), clearing.webspace().value()))
                .chain(() -> tx.query(FORGET).execute()).replaceWithVoid());
    }
}
