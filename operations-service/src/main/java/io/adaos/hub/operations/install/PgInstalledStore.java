package io.adaos.hub.operations.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.contracts.operation.InstalledPage;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code installed}. */
public final class PgInstalledStore implements InstalledStore {

    private static final String INSTALLED_CHANGED = "io.adaos.hub.operation.installed.v1";
    private static final String LIST = """
            SELECT artifact FROM installed WHERE $1::text IS NULL OR node_id = $1
            ORDER BY node_id, kind DESC, id""";
    private static final String FIND =
            "SELECT artifact FROM installed WHERE node_id = $1 AND kind = $2 AND id = $3";
    private static final String WITH_NAME =
            "SELECT artifact FROM installed WHERE node_id = $1 AND kind = $2 AND name = $3";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String WRITE = """
            INSERT INTO installed (node_id, kind, id, name, content_digest, revision, artifact)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (node_id, kind, id) DO UPDATE SET
                name = excluded.name, content_digest = excluded.content_digest,
                revision = excluded.revision, artifact = excluded.artifact""";

    private final PgTransactions transactions;
    private final Outbox outbox;

    public PgInstalledStore(PgTransactions transactions, Outbox outbox) {
        this.transactions = transactions;
        this.outbox = outbox;
    }

    @Override
    public Uni<InstalledPage> list(Optional<NodeId> node) {
        Tuple values = Tuple.of(node.map(NodeId::value).orElse(null));
        return transactions.snapshot(tx -> outbox.position(tx).chain(position ->
                tx.preparedQuery(LIST).execute(values).map(rows -> new InstalledPage(
                        position.epoch(), position.sequence(), artifacts(rows)))));
    }

    @Override
    public Uni<Optional<InstalledArtifact>> find(NodeId node, ArtifactKind kind, String id) {
        return transactions.snapshot(tx -> tx.preparedQuery(FIND)
                .execute(Tuple.of(node.value(), kind.wire(), id))
                .map(rows -> artifacts(rows).stream().findFirst()));
    }

    @Override
    public Uni<List<InstalledArtifact>> withName(NodeId node, ArtifactKind kind, String name) {
        return transactions.snapshot(tx -> tx.preparedQuery(WITH_NAME)
                .execute(Tuple.of(node.value(), kind.wire(), name))
                .map(PgInstalledStore::artifacts));
    }

    @Override
    public PgOutcomeStep recording(InstalledArtifact artifact) {
        return (tx, ended, correlationId) -> tx.preparedQuery(LOCK)
                .execute(Tuple.of(artifact.nodeId().value(), artifact.kind().wire(),
                        artifact.id()))
                .chain(rows -> write(tx, artifacts(rows).stream().findFirst()
                        .map(old -> withRevision(artifact, old.revision() + 1))
                        .orElse(artifact), correlationId));
    }

    private Uni<Void> write(SqlConnection tx, InstalledArtifact artifact, String correlationId) {
        return tx.preparedQuery(WRITE)
                .execute(Tuple.from(List.of(artifact.nodeId().value(), artifact.kind().wire(),
                        artifact.id(), artifact.name(), artifact.contentDigest(),
                        artifact.revision(), json(artifact))))
                .chain(() -> outbox.append(tx, new OutboxEvent(
                        HubSubjects.artifactInstalled(
                                new ArtifactRef(artifact.kind().wire(), artifact.id())),
                        INSTALLED_CHANGED, artifact.kind().wire() + ':' + artifact.id(),
                        correlationId, new InstalledChanged(artifact, false))));
    }

    private static InstalledArtifact withRevision(InstalledArtifact artifact, long revision) {
        return new InstalledArtifact(artifact.kind(), artifact.id(), artifact.name(),
                artifact.version(), artifact.nodeId(), artifact.status(),
                artifact.contentDigest(), artifact.installedAt(), revision,
                artifact.operationId());
    }

    private static List<InstalledArtifact> artifacts(RowSet<Row> rows) {
        List<InstalledArtifact> artifacts = new ArrayList<>();
        rows.forEach(row -> artifacts.add(artifact(row.getString("artifact"))));
        return artifacts;
    }

    private static InstalledArtifact artifact(String json) {
        try {
            return HubJson.mapper().readValue(json, InstalledArtifact.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored record is unreadable", e);
        }
    }

    private static String json(InstalledArtifact artifact) {
        try {
            return HubJson.mapper().writeValueAsString(artifact);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }
}
