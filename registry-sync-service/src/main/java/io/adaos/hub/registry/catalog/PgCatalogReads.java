package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogPage;
import io.adaos.hub.runtime.http.PageRequest;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the catalog; every answer is one consistent state of the database. */
public final class PgCatalogReads {

    private static final String PAGE = """
            SELECT entry, revision, digest, content_digest FROM catalog_entry
            ORDER BY kind DESC, sort_name, id OFFSET $1 LIMIT $2""";
    private static final String COUNT = "SELECT count(*)::int AS total FROM catalog_entry";
    private static final String ALL =
            "SELECT entry FROM catalog_entry ORDER BY kind DESC, sort_name, id";
    private static final String STAMP = """
            SELECT count(*) || '.' || coalesce(sum(revision), 0) AS stamp FROM catalog_entry""";
    private static final String ENTRY = """
            SELECT e.entry, e.revision, e.digest, e.content_digest
            FROM artifact_alias a JOIN catalog_entry e ON e.kind = a.kind AND e.id = a.id
            WHERE a.kind = $1 AND a.alias = $2""";
    private static final String VERSION = """
            SELECT v.* FROM artifact_alias a
            JOIN artifact_version v ON v.kind = a.kind AND v.id = a.id
            WHERE a.kind = $1 AND a.alias = $2 AND v.version = $3""";
    private static final String OWNER =
            "SELECT id FROM artifact_alias WHERE kind = $1 AND alias = $2";
    private static final String VERSIONS = """
            SELECT version, digest, content_digest, archive_bytes, unpacked_bytes, files,
                pushed_at, subject, message
            FROM artifact_version WHERE kind = $1 AND id = $2
            ORDER BY push_order DESC OFFSET $3 LIMIT $4""";
    private static final String VERSION_COUNT = """
            SELECT count(*)::int AS total FROM artifact_version WHERE kind = $1 AND id = $2""";

    private final PgTransactions transactions;
    private final Outbox outbox;

    public PgCatalogReads(PgTransactions transactions, Outbox outbox) {
        this.transactions = transactions;
        this.outbox = outbox;
    }

    /** A page in the one order, with the position of events it holds. */
    public Uni<CatalogPage> page(PageRequest request) {
        return transactions.snapshot(tx -> outbox.position(tx).chain(position ->
                total(tx, COUNT, Tuple.tuple()).chain(total ->
                        list(tx, PAGE, Tuple.of(request.offset(), request.limit()),
                                PgCatalogRows::entry)
                                .map(items -> new CatalogPage(position.epoch(),
                                        position.sequence(), items, request.offset(),
                                        request.limit(), total)))));
    }

    /** All entries in the one order, without revision and digests. */
    public Uni<List<CatalogEntry>> all() {
        return transactions.snapshot(tx -> list(tx, ALL, Tuple.tuple(), PgCatalogRows::published));
    }

    /** A text that differs after every change of the catalog, whichever process made it. */
    public Uni<String> stamp() {
        return transactions.snapshot(tx -> list(tx, STAMP, Tuple.tuple(), row -> row.getString(0)))
                .map(rows -> rows.get(0));
    }

    /** The entry of this id or name, case aside. */
    public Uni<Optional<CatalogEntry>> entry(ArtifactKind kind, String alias) {
        return one(ENTRY, Tuple.of(kind.wire(), Publication.folded(alias)), PgCatalogRows::entry);
    }

    /** A version of the artifact with this id or name. */
    public Uni<Optional<ArtifactVersion>> version(
            ArtifactKind kind, String alias, String version) {
        return one(VERSION, Tuple.of(kind.wire(), Publication.folded(alias), version),
                PgCatalogRows::artifactVersion);
    }

    /** The manifest of a version, a JSON object. */
    public Uni<Optional<String>> manifest(ArtifactKind kind, String alias, String version) {
        return one(VERSION, Tuple.of(kind.wire(), Publication.folded(alias), version),
                row -> row.getString("manifest"));
    }

    /** The versions of the artifact with this id or name, the newest push first. */
    public Uni<Optional<VersionPage>> versions(
            ArtifactKind kind, String alias, PageRequest request) {
        return transactions.snapshot(tx ->
                list(tx, OWNER, Tuple.of(kind.wire(), Publication.folded(alias)),
                        row -> row.getString(0))
                        .chain(owners -> owners.isEmpty()
                                ? Uni.createFrom().item(Optional.<VersionPage>empty())
                                : versionsOf(tx, kind, owners.get(0), request)
                                        .map(Optional::of)));
    }

    private static Uni<VersionPage> versionsOf(
            SqlConnection tx, ArtifactKind kind, String id, PageRequest request) {
        return total(tx, VERSION_COUNT, Tuple.of(kind.wire(), id)).chain(total ->
                list(tx, VERSIONS,
                        Tuple.of(kind.wire(), id, request.offset(), request.limit()),
                        PgCatalogRows::version)
                        .map(items -> new VersionPage(
                                kind, id, items, request.offset(), request.limit(), total)));
    }

    private <T> Uni<Optional<T>> one(String sql, Tuple parameters, Function<Row, T> read) {
        return transactions.snapshot(tx -> list(tx, sql, parameters, read))
                .map(rows -> rows.stream().findFirst());
    }

    private static Uni<Integer> total(SqlConnection tx, String sql, Tuple parameters) {
        return list(tx, sql, parameters, row -> row.getInteger(0)).map(rows -> rows.get(0));
    }

    private static <T> Uni<List<T>> list(
            SqlConnection tx, String sql, Tuple parameters, Function<Row, T> read) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> {
            List<T> items = new ArrayList<>(rows.size());
            rows.forEach(row -> items.add(read.apply(row)));
            return items;
        });
    }
}
