package io.adaos.hub.registry.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Publishes versions into the catalog, each in one transaction with its event. */
public final class PgCatalogStore {
    /*
     * Notes on concurrency.
     *
     * Pushes of one artifact are serialized by an advisory lock on its (kind, id), so what was
     * read stays true until the commit. Pushes of different artifacts meet only where both claim
     * the same new name: the primary key of artifact_alias lets one of them in, the other finds
     * its row missing, starts over, and then sees whose name it is. There is no lock and no row
     * that all pushes share.
     */

    private static final int RACES_MAX = 3;

    /** Whoever waits holds a connection that readers and the relay of events need. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
    private static final String BOUND_WAITS =
            "SET LOCAL lock_timeout = " + LOCK_WAIT.toMillis();
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
    private static final String ALIASES =
            "SELECT alias, id FROM artifact_alias WHERE kind = $1 AND alias = ANY ($2)";
    private static final String SAME_VERSION = """
            SELECT digest, content_digest FROM artifact_version
            WHERE kind = $1 AND id = $2 AND version = $3""";
    private static final String CURRENT = """
            SELECT entry, revision, digest, content_digest FROM catalog_entry
            WHERE kind = $1 AND id = $2""";
    private static final String CLAIM = """
            INSERT INTO artifact_alias (kind, alias, id)
            SELECT $1, unnest($2::text[]), $3
            ON CONFLICT (kind, alias) DO NOTHING""";
    private static final String ADD_VERSION = """
            INSERT INTO artifact_version (kind, id, version, digest, content_digest, archive_bytes,
                unpacked_bytes, files, entry, manifest, subject, message, metadata, correlation_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""";
    private static final String UPSERT = """
            INSERT INTO catalog_entry
                (kind, id, sort_name, version, revision, digest, content_digest, entry)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (kind, id) DO UPDATE SET sort_name = excluded.sort_name,
                version = excluded.version, revision = excluded.revision,
                digest = excluded.digest, content_digest = excluded.content_digest,
                entry = excluded.entry""";

    private final PgTransactions transactions;
    private final Outbox outbox;
    private final CatalogChanges changes;

    public PgCatalogStore(PgTransactions transactions, Outbox outbox, CatalogChanges changes) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.changes = changes;
    }

    /**
     * Stores the version, its archive, the entry it may become and its event, or nothing.
     *
     * @param archive stores the archive in the same transaction; asked only for a new version
     * @return fails with {@code HubException} NAME_CONFLICT or VERSION_CONFLICT, or with
     *     STORE_UNAVAILABLE when other pushes of the artifact take longer than 5 s
     */
    public Uni<Published> publish(
            Publication publication, Function<SqlConnection, Uni<Void>> archive) {
        return transactions.write(tx -> lock(tx, publication)
                        .chain(() -> state(tx, publication))
                        .chain(state -> apply(tx, publication, state, archive)))
                .onFailure(NameRaceException.class).retry().atMost(RACES_MAX)
                .onFailure(PgCatalogStore::isLockTimeout).transform(PgCatalogStore::busy)
                .invoke(this::note);
    }

    /** What {@link #publish} would answer now; stores nothing. */
    public Uni<Published> preview(Publication publication) {
        return transactions.snapshot(tx -> state(tx, publication)
                .map(state -> outcome(publication, state, accepted(publication, state))));
    }

    private void note(Published published) {
        if (published.created() && published.isEntry()) {
            changes.committed();
        }
    }

    private static Uni<Void> lock(SqlConnection tx, Publication publication) {
        return tx.query(BOUND_WAITS).execute()
                .chain(() -> tx.preparedQuery(LOCK)
                        .execute(Tuple.of("artifact:" + publication.entry().ref())))
                .replaceWithVoid();
    }

    private static boolean isLockTimeout(Throwable failure) {
        return failure instanceof PgException refused
                && LOCK_NOT_AVAILABLE.equals(refused.getSqlState());
    }

    private static HubException busy(Throwable failure) {
        return new HubException(HubErrorCode.STORE_UNAVAILABLE, "Other pushes of this artifact "
                + "took longer than " + LOCK_WAIT.toSeconds() + " s").after(LOCK_WAIT);
    }

    private static Uni<CatalogState> state(SqlConnection tx, Publication publication) {
        CatalogEntry entry = publication.entry();
        String kind = entry.kind().wire();
        return aliases(tx, publication).chain(aliases ->
                sameVersion(tx, entry).chain(sameVersion ->
                        tx.preparedQuery(CURRENT).execute(Tuple.of(kind, entry.id()))
                                .map(rows -> new CatalogState(aliases, sameVersion,
                                        PgCatalogRows.first(rows)
                                        .map(PgCatalogRows::entry)))));
    }

    private static Uni<Map<String, String>> aliases(SqlConnection tx, Publication publication) {
        String[] aliases = publication.aliases().toArray(String[]::new);
        return tx.preparedQuery(ALIASES)
                .execute(Tuple.of(publication.entry().kind().wire(), aliases))
                .map(rows -> {
                    Map<String, String> owners = new HashMap<>();
                    rows.forEach(row -> owners.put(row.getString(0), row.getString(1)));
                    return owners;
                });
    }

    private static Uni<Optional<CatalogState.StoredVersion>> sameVersion(
            SqlConnection tx, CatalogEntry entry) {
        return tx.preparedQuery(SAME_VERSION)
                .execute(Tuple.of(entry.kind().wire(), entry.id(), entry.version()))
                .map(rows -> PgCatalogRows.first(rows).map(row -> new CatalogState.StoredVersion(
                        row.getString(0), row.getString(1))));
    }

    private Uni<Published> apply(SqlConnection tx, Publication publication, CatalogState state,
            Function<SqlConnection, Uni<Void>> archive) {
        PublishDecision decision = accepted(publication, state);
        Published outcome = outcome(publication, state, decision);
        if (!outcome.created()) {
            return Uni.createFrom().item(outcome);
        }
        Uni<Void> version = claim(tx, publication, state)
                .chain(() -> archive.apply(tx))
                .chain(() -> addVersion(tx, publication));
        return (outcome.isEntry() ? version.chain(() -> upsert(tx, publication, outcome)) : version)
                .replaceWith(outcome);
    }

    /** The decision, or its refusal thrown. */
    private static PublishDecision accepted(Publication publication, CatalogState state) {
        PublishDecision decision = PublishRules.decide(publication, state);
        if (decision instanceof PublishDecision.Refused refused) {
            throw refused.refusal();
        }
        return decision;
    }

    private static Published outcome(
            Publication publication, CatalogState state, PublishDecision decision) {
        ArchiveFacts archive = publication.archive();
        if (decision instanceof PublishDecision.Unchanged unchanged) {
            CatalogEntry current = state.current().orElseThrow();
            return new Published(false, current.version().equals(publication.entry().version()),
                    current, unchanged.stored().digest(), unchanged.stored().contentDigest());
        }
        if (decision instanceof PublishDecision.NewVersion added) {
            CatalogEntry entry = added.isEntry()
                    ? publication.entry().stored(
                            added.revision(), archive.digest(), archive.contentDigest())
                    : state.current().orElseThrow();
            return new Published(true, added.isEntry(), entry, archive.digest(),
                    archive.contentDigest());
        }
        throw new AssertionError("a refusal was thrown before: " + decision);
    }

    private static Uni<Void> claim(SqlConnection tx, Publication publication, CatalogState state) {
        List<String> free = publication.aliases().stream()
                .filter(alias -> !state.aliasOwners().containsKey(alias)).toList();
        if (free.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        CatalogEntry entry = publication.entry();
        return tx.preparedQuery(CLAIM)
                .execute(Tuple.of(entry.kind().wire(), free.toArray(String[]::new), entry.id()))
                .invoke(rows -> {
                    if (rows.rowCount() != free.size()) {
                        throw new NameRaceException();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> addVersion(SqlConnection tx, Publication publication) {
        CatalogEntry entry = publication.entry();
        ArchiveFacts archive = publication.archive();
        Provenance provenance = publication.provenance();
        return tx.preparedQuery(ADD_VERSION)
                .execute(Tuple.from(new Object[] {
                    entry.kind().wire(), entry.id(), entry.version(), archive.digest(),
                    archive.contentDigest(), archive.archiveBytes(), archive.unpackedBytes(),
                    archive.files(), json(entry.published()), publication.manifest(),
                    provenance.subject(), provenance.message(), provenance.metadata(),
                    provenance.correlationId()}))
                .replaceWithVoid();
    }

    private Uni<Void> upsert(SqlConnection tx, Publication publication, Published outcome) {
        CatalogEntry entry = outcome.entry();
        String correlationId = publication.provenance().correlationId();
        return tx.preparedQuery(UPSERT)
                .execute(Tuple.from(new Object[] {
                    entry.kind().wire(), entry.id(), Publication.folded(entry.name()),
                    entry.version(), entry.revision(), entry.digest(), entry.contentDigest(),
                    json(entry.published())}))
                .chain(() -> outbox.append(tx, new OutboxEvent(
                        HubSubjects.catalogUpserted(entry.ref()),
                        "io.adaos.hub.catalog.upserted.v1",
                        entry.ref().toString(),
                        correlationId,
                        new CatalogEntryUpserted(entry, correlationId))));
    }

    private static String json(CatalogEntry entry) {
        try {
            return HubJson.mapper().writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a catalog entry is always plain JSON", e);
        }
    }

    /** Another artifact took the name between our look and our claim; look again. */
    private static final class NameRaceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NameRaceException() {
            super("another push took the name at the same moment", null, false, false);
        }
    }
}
