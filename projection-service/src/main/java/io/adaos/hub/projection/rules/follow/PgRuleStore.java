package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What must survive a restart: the order of layers, their manifests, and active scenarios. */
@Singleton
final class PgRuleStore {

    /** What goes leaves its manifest, by which its values are cleared in every webspace. */
    private static final String FORGET = """
            WITH gone AS (
                DELETE FROM rule_layers l WHERE NOT EXISTS (
                    SELECT FROM unnest($1::text[], $2::text[]) AS w(kind, id)
                    WHERE w.kind = l.kind AND w.id = l.id)
                RETURNING kind, id, manifest),
            withdrawn AS (
                INSERT INTO withdrawn_layers (kind, id, manifest)
                SELECT kind, id, manifest FROM gone WHERE manifest IS NOT NULL
                RETURNING layer)
            INSERT INTO rule_clearings (layer, webspace)
            SELECT layer, webspace FROM withdrawn CROSS JOIN webspaces""";
    private static final String REGISTER = """
            INSERT INTO rule_layers (kind, id)
            SELECT w.kind, w.id
            FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w(kind, id, n)
            WHERE NOT EXISTS (
                SELECT FROM rule_layers l WHERE l.kind = w.kind AND l.id = w.id)
            ORDER BY w.n ON CONFLICT DO NOTHING""";
    private static final String POSITIONS = "SELECT kind, id, position FROM rule_layers";
    private static final String MANIFEST = """
            SELECT manifest FROM rule_layers WHERE kind = $1 AND id = $2
                AND version = $3 AND content_digest = $4 AND manifest IS NOT NULL""";
    private static final String KEEP = """
            UPDATE rule_layers SET version = $3, content_digest = $4, manifest = $5
            WHERE kind = $1 AND id = $2""";
    private static final String SCENARIOS = "SELECT webspace, scenario_id FROM active_scenarios";
    private static final String ACTIVATE = """
            INSERT INTO active_scenarios (webspace, scenario_id, switched_by)
            SELECT webspace, $2, $3 FROM webspaces WHERE webspace = $1
            ON CONFLICT (webspace) DO UPDATE SET scenario_id = excluded.scenario_id,
                switched_by = excluded.switched_by, switched_at = now()""";

    private final PgTransactions transactions;

    PgRuleStore(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** Keeps exactly these, the new ones registered in this order, and answers the positions. */
    Uni<Map<ArtifactRef, Long>> align(Collection<ArtifactRef> wanted) {
        Tuple refs = Tuple.of(
                wanted.stream().map(ArtifactRef::kind).toArray(String[]::new),
                wanted.stream().map(ArtifactRef::id).toArray(String[]::new));
        return transactions.write(tx -> run(tx, FORGET, refs)
                .chain(() -> run(tx, REGISTER, refs))
                .chain(() -> tx.query(POSITIONS).execute())
                .map(rows -> {
                    Map<ArtifactRef, Long> positions = new HashMap<>();
                    rows.forEach(row -> positions.put(
                            new ArtifactRef(row.getString("kind"), row.getString("id")),
                            row.getLong("position")));
                    return positions;
                }));
    }

    /** The manifest of exactly these bytes, when it is kept. */
    Uni<Optional<String>> manifest(InstalledArtifact artifact) {
        return transactions.snapshot(tx -> tx.preparedQuery(MANIFEST)
                .execute(Tuple.of(artifact.kind().wire(), artifact.id(), artifact.version(),
                        artifact.contentDigest()))
                .map(rows -> rows.stream().findFirst().map(row -> row.getString(0))));
    }

    /** Keeps a manifest in place of the one of another version. */
    Uni<Void> keep(InstalledArtifact artifact, String manifest) {
        return transactions.write(tx -> run(tx, KEEP, Tuple.of(artifact.kind().wire(),
                artifact.id(), artifact.version(), artifact.contentDigest(), manifest)));
    }

    /** The active scenario of each webspace that has one. */
    Uni<Map<WebspaceId, ArtifactRef>> scenarios() {
        return transactions.snapshot(tx -> tx.query(SCENARIOS).execute().map(rows -> {
            Map<WebspaceId, ArtifactRef> scenarios = new HashMap<>();
            rows.forEach(row -> scenarios.put(new WebspaceId(row.getString("webspace")),
                    new ArtifactRef("scenario", row.getString("scenario_id"))));
            return scenarios;
        }));
    }

    /** Makes a scenario the active one; false when there is no such webspace. */
    Uni<Boolean> activate(WebspaceId webspace, ArtifactRef scenario, String by) {
        return transactions.write(tx -> tx.preparedQuery(ACTIVATE)
                .execute(Tuple.of(webspace.value(), scenario.id(), by))
                .map(rows -> rows.rowCount() > 0));
    }

    private static Uni<Void> run(SqlConnection tx, String sql, Tuple values) {
        return tx.preparedQuery(sql).execute(values).replaceWithVoid();
    }
}
