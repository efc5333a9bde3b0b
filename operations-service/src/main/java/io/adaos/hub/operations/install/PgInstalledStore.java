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
import java.util.Arrays;
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
    private static final String LOCK = """
            SELECT artifact, activating_by, before FROM installed
            WHERE node_id = $1 AND kind = $2 AND id = $3 FOR UPDATE""";
    private static final String WRITE = """
            INSERT INTO installed (node_id, kind, id, name, content_digest, revision, artifact,
                activating_by, before)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (node_id, kind, id) DO UPDATE SET
                name = excluded.name, content_digest = excluded.content_digest,
                revision = excluded.revision, artifact = excluded.artifact,
                activating_by = excluded.activating_by, before = excluded.before""";
    private static final String DELETE =
            "DELETE FROM installed WHERE node_id = $1 AND kind = $2 AND id = $3";
    private static final String ORPHANS = """
            SELECT artifact FROM installed i WHERE kind = $1 AND activating_by IS NOT NULL
                AND NOT EXISTS (SELECT FROM operation o
                    WHERE o.operation_id = i.activating_by AND o.finished_at IS NULL)""";

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
        return (tx, state, correlationId) -> locked(tx, artifact).chain(known ->
                write(tx, new Written(after(known, artifact), null, null), correlationId));
    }

    @Override
    public PgOutcomeStep activating(InstalledArtifact artifact) {
        return (tx, state, correlationId) -> locked(tx, artifact).chain(known -> {
            if (known.isPresent() && known.get().isActivating(artifact)) {
                return Uni.createFrom().voidItem();
            }
            String before = known.map(Known::confirmed).orElse(null);
            return write(tx, new Written(after(known, artifact),
                    artifact.operationId().value(), before), correlationId);
        });
    }

    @Override
    public PgOutcomeStep removing(InstalledArtifact artifact) {
        return (tx, state, correlationId) -> locked(tx, artifact).chain(known ->
                known.isEmpty() ? Uni.createFrom().voidItem()
                        : remove(tx, known.get().artifact(), correlationId));
    }

    @Override
    public PgOutcomeStep takingBack(InstalledArtifact activating) {
        return (tx, state, correlationId) -> takeBack(tx, activating, correlationId);
    }

    @Override
    public Uni<Void> takeBack(InstalledArtifact activating, String correlationId) {
        return transactions.write(tx -> takeBack(tx, activating, correlationId));
    }

    @Override
    public Uni<List<InstalledArtifact>> orphans(ArtifactKind kind) {
        return transactions.snapshot(tx -> tx.preparedQuery(ORPHANS)
                .execute(Tuple.of(kind.wire())).map(PgInstalledStore::artifacts));
    }

    /** What is recorded now of one artifact; the row is locked. */
    private record Known(InstalledArtifact artifact, String activatingBy, String before) {

        /** The same operation may say the same twice. */
        boolean isActivating(InstalledArtifact wanted) {
            return wanted.operationId().value().equals(activatingBy)
                    && wanted.version().equals(artifact.version())
                    && wanted.contentDigest().equals(artifact.contentDigest());
        }

        /** The last record that was not activating; null when there was none. */
        String confirmed() {
            return activatingBy == null ? json(artifact) : before;
        }
    }

    /** A row as it is to be. */
    private record Written(InstalledArtifact artifact, String activatingBy, String before) {
    }

    private Uni<Optional<Known>> locked(SqlConnection tx, InstalledArtifact artifact) {
        return tx.preparedQuery(LOCK).execute(key(artifact))
                .map(rows -> rows.stream().findFirst().map(row -> new Known(
                        artifact(row.getString("artifact")), row.getString("activating_by"),
                        row.getString("before"))));
    }

    private Uni<Void> takeBack(
            SqlConnection tx, InstalledArtifact activating, String correlationId) {
        return locked(tx, activating).chain(known -> {
            boolean ours = known.isPresent() && known.get().activatingBy() != null
                    && known.get().activatingBy().equals(activating.operationId().value());
            if (!ours) {
                return Uni.createFrom().voidItem();
            }
            InstalledArtifact now = known.get().artifact();
            return known.get().before() == null
                    ? remove(tx, now, correlationId)
                    : write(tx, new Written(after(known, artifact(known.get().before())),
                            null, null), correlationId);
        });
    }

    private Uni<Void> remove(SqlConnection tx, InstalledArtifact now, String correlationId) {
        return tx.preparedQuery(DELETE).execute(key(now)).chain(() ->
                tell(tx, withRevision(now, now.revision() + 1), true, correlationId));
    }

    private static InstalledArtifact after(Optional<Known> known, InstalledArtifact artifact) {
        return known.map(old -> withRevision(artifact, old.artifact().revision() + 1))
                .orElse(artifact);
    }

    private Uni<Void> write(SqlConnection tx, Written row, String correlationId) {
        InstalledArtifact artifact = row.artifact();
        return tx.preparedQuery(WRITE)
                .execute(Tuple.from(Arrays.asList(artifact.nodeId().value(),
                        artifact.kind().wire(), artifact.id(), artifact.name(),
                        artifact.contentDigest(), artifact.revision(), json(artifact),
                        row.activatingBy(), row.before())))
                .chain(() -> tell(tx, artifact, false, correlationId));
    }

    private Uni<Void> tell(SqlConnection tx, InstalledArtifact artifact, boolean removed,
            String correlationId) {
        return outbox.append(tx, new OutboxEvent(
                HubSubjects.artifactInstalled(
                        new ArtifactRef(artifact.kind().wire(), artifact.id())),
                INSTALLED_CHANGED, artifact.kind().wire() + ':' + artifact.id(),
                correlationId, new InstalledChanged(artifact, removed)));
    }

    private static Tuple key(InstalledArtifact artifact) {
        return Tuple.of(artifact.nodeId().value(), artifact.kind().wire(), artifact.id());
    }

    private static InstalledArtifact withRevision(InstalledArtifact artifact, long revision) {
        return new InstalledArtifact(artifact.kind(), artifact.id(), artifact.name(),
                artifact.version(), artifact.nodeId(), artifact.status(),
                artifact.contentDigest(), artifact.installedAt(), revision,
                artifact.operationId(), artifact.requires());
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
