package io.adaos.hub.registry.actions.store;

import io.adaos.hub.registry.actions.intake.ActionKey;
import io.adaos.hub.registry.actions.intake.ActionQuery;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** Reads published actions; every answer is one consistent state of the database. */
public final class PgActionReads {

    private static final String KNOWN = "SELECT 1 FROM action WHERE name = $1";

    /** Without a filter the names are counted off in their own table. */
    private static final String PAGE_OF_ALL = """
            WITH page AS (SELECT name FROM action ORDER BY name OFFSET $1 LIMIT $2)
            SELECT v.name, v.version, v.description
            FROM page JOIN action_version v ON v.name = page.name ORDER BY v.name""";
    private static final String PAGE = """
            WITH page AS (
                SELECT name FROM action_version v WHERE %1$s
                GROUP BY name ORDER BY name OFFSET $1 LIMIT $2)
            SELECT v.name, v.version, v.description
            FROM page JOIN action_version v ON v.name = page.name WHERE %1$s ORDER BY v.name""";
    private static final String PAGE_BY_SIGNER = PAGE.formatted("v.sig_kid = $3");
    private static final String PAGE_BY_SEARCH = PAGE.formatted("v.search LIKE $3");
    private static final String PAGE_BY_BOTH =
            PAGE.formatted("v.sig_kid = $3 AND v.search LIKE $4");

    private final PgTransactions transactions;

    public PgActionReads(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** A published version, or which part of its key nobody has published. */
    public record Found(boolean isNameKnown, Optional<StoredAction> action) {
    }

    /** The version of this name. */
    public Uni<Found> find(ActionKey key) {
        if (!key.isPossible()) {
            return Uni.createFrom().item(new Found(false, Optional.empty()));
        }
        return transactions.snapshot(tx -> PgActionStore.find(tx, key).chain(found ->
                found.isPresent()
                        ? Uni.createFrom().item(new Found(true, found))
                        : isKnown(tx, key.name()).map(isKnown ->
                                new Found(isKnown, Optional.empty()))));
    }

    /** A page of the actions that have such versions, by name, with those versions alone. */
    public Uni<List<ActionItem>> page(ActionQuery query) {
        return transactions.snapshot(tx ->
                tx.preparedQuery(sql(query)).execute(parameters(query)).map(rows -> {
                    ActionGroups groups = new ActionGroups();
                    rows.forEach(row -> groups.add(
                            row.getString(0), row.getString(1), row.getString(2)));
                    return groups.items();
                }));
    }

    private static Uni<Boolean> isKnown(SqlConnection tx, String name) {
        return tx.preparedQuery(KNOWN).execute(Tuple.of(name)).map(rows -> rows.size() > 0);
    }

    private static String sql(ActionQuery query) {
        if (query.search().isEmpty()) {
            return query.kid().isEmpty() ? PAGE_OF_ALL : PAGE_BY_SIGNER;
        }
        return query.kid().isEmpty() ? PAGE_BY_SEARCH : PAGE_BY_BOTH;
    }

    private static Tuple parameters(ActionQuery query) {
        Tuple parameters = Tuple.of(query.offset(), query.limit());
        if (!query.kid().isEmpty()) {
            parameters.addString(query.kid());
        }
        if (!query.search().isEmpty()) {
            parameters.addString('%' + literal(query.search()) + '%');
        }
        return parameters;
    }

    /** The words as they are: none of them has a meaning in a pattern. */
    private static String literal(String words) {
        return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
