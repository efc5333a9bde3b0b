package io.adaos.hub.projection.details;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.projection.details.DetailsShelf.Verdict;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Details in PostgreSQL; they go with the artifact that declares them and with their webspace.
 */
@Singleton
final class PgDetailsStore {

    private static final String EXISTS = "SELECT 1 FROM webspaces WHERE webspace = $1";

    private static final String READ = """
            SELECT d.value, d.etag FROM webspaces w
            LEFT JOIN details d ON d.webspace = w.webspace
                AND d.kind = $2 AND d.id = $3 AND d.slot = $4
            WHERE w.webspace = $1""";

    /** Writers of one artifact follow each other, so that what it keeps is counted right. */
    private static final String LOCK =
            "SELECT 1 FROM rule_layers WHERE kind = $1 AND id = $2 FOR NO KEY UPDATE";

    private static final String SHELF = """
            SELECT slot, etag, octet_length(value) AS bytes FROM details
            WHERE webspace = $1 AND kind = $2 AND id = $3""";

    private static final String FORGET = """
            DELETE FROM details
            WHERE webspace = $1 AND kind = $2 AND id = $3 AND slot = ANY($4)""";

    private static final String KEEP = """
            INSERT INTO details (webspace, kind, id, slot, value, etag, written_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (webspace, kind, id, slot) DO UPDATE SET value = excluded.value,
                etag = excluded.etag, written_by = excluded.written_by, written_at = now()""";

    private final PgTransactions transactions;

    PgDetailsStore(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** Where a value is kept. */
    record Place(WebspaceId webspace, ArtifactRef artifact, String slot) {
    }

    /** What is to be kept, by whom, and what must hold for it. */
    record Change(DetailsValue value, OwnerId by, Preconditions conditions,
            Predicate<String> isDeclared) {
    }

    /** What a webspace holds at a place. */
    sealed interface Reading {

        /** This. */
        record Found(DetailsValue value) implements Reading {
        }

        /** Nothing was written yet. */
        record Nothing() implements Reading {
        }

        /** There is no such webspace. */
        record UnknownWebspace() implements Reading {
        }
    }

    Uni<Boolean> exists(WebspaceId webspace) {
        return transactions.snapshot(tx -> tx.preparedQuery(EXISTS)
                .execute(Tuple.of(webspace.value())).map(rows -> rows.size() > 0));
    }

    Uni<Reading> read(Place place) {
        return transactions.snapshot(tx -> tx.preparedQuery(READ)
                .execute(Tuple.of(place.webspace().value(), place.artifact().kind(),
                        place.artifact().id(), place.slot()))
                .map(rows -> rows.stream().findFirst()
                        .map(row -> Optional.ofNullable(row.getBuffer("value"))
                                .<Reading>map(value -> new Reading.Found(new DetailsValue(
                                        value.getBytes(), row.getString("etag"))))
                                .orElseGet(Reading.Nothing::new))
                        .orElseGet(Reading.UnknownWebspace::new)));
    }

    /** Keeps a value if all that must hold does; what it decided on cannot change meanwhile. */
    Uni<Verdict> put(Place place, Change change) {
        return transactions.write(tx -> lock(tx, place.artifact()).chain(installed -> installed
                ? shelf(tx, place).chain(shelf -> put(tx, place, change, shelf))
                : Uni.createFrom().item(new Verdict.Uninstalled())));
    }

    private static Uni<Boolean> lock(SqlConnection tx, ArtifactRef artifact) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(artifact.kind(), artifact.id()))
                .map(rows -> rows.size() > 0);
    }

    private static Uni<DetailsShelf> shelf(SqlConnection tx, Place place) {
        return tx.preparedQuery(SHELF).execute(owned(place)).map(rows -> {
            Map<String, DetailsShelf.Kept> kept = new HashMap<>();
            rows.forEach(row -> kept.put(row.getString("slot"), new DetailsShelf.Kept(
                    row.getString("etag"), row.getInteger("bytes"))));
            return new DetailsShelf(kept);
        });
    }

    private static Uni<Verdict> put(
            SqlConnection tx, Place place, Change change, DetailsShelf shelf) {
        Verdict verdict = shelf.place(
                place.slot(), change.value(), change.conditions(), change.isDeclared());
        if (!(verdict instanceof Verdict.Fits fits)) {
            return Uni.createFrom().item(verdict);
        }
        Tuple row = owned(place)
                .addString(place.slot())
                .addValue(Buffer.buffer(change.value().json()))
                .addString(change.value().etag())
                .addString(change.by().value());
        return forget(tx, place, fits.withdrawn())
                .chain(() -> tx.preparedQuery(KEEP).execute(row))
                .replaceWith(verdict);
    }

    private static Uni<Void> forget(SqlConnection tx, Place place, List<String> withdrawn) {
        return withdrawn.isEmpty() ? Uni.createFrom().voidItem()
                : tx.preparedQuery(FORGET)
                        .execute(owned(place).addArrayOfString(withdrawn.toArray(String[]::new)))
                        .replaceWithVoid();
    }

    private static Tuple owned(Place place) {
        return Tuple.of(place.webspace().value(), place.artifact().kind(), place.artifact().id());
    }
}
