package io.adaos.hub.registry.actions.trust;

import io.adaos.hub.registry.actions.signature.TrustedKey;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;

/** The keys trusted through the interface; none ever changes. */
public final class PgTrustedKeyStore {

    private static final String ADD = """
            INSERT INTO trusted_key (kid, alg, public_key, subject, correlation_id)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kid) DO NOTHING""";
    private static final String FIND =
            "SELECT kid, alg, public_key FROM trusted_key WHERE kid = $1";

    private final PgTransactions transactions;

    public PgTrustedKeyStore(PgTransactions transactions) {
        this.transactions = transactions;
    }

    /** What is stored under an id, and whether this call stored it. */
    record Stored(TrustedKey key, boolean isNew) {
    }

    /** The key of this id. */
    public Uni<Optional<TrustedKey>> find(String kid) {
        return kid.indexOf('\0') >= 0
                ? Uni.createFrom().item(Optional.empty())
                : transactions.snapshot(tx -> find(tx, kid));
    }

    /** Trusts the key unless another has its id; of two at once one is first. */
    Uni<Stored> add(TrustedKey key, String subject, String correlationId) {
        return transactions.write(tx -> tx.preparedQuery(ADD)
                .execute(Tuple.of(key.kid(), key.alg(), key.publicKey(), subject, correlationId))
                .chain(added -> find(tx, key.kid()).map(stored ->
                        new Stored(stored.orElseThrow(), added.rowCount() == 1))));
    }

    private static Uni<Optional<TrustedKey>> find(SqlConnection tx, String kid) {
        return tx.preparedQuery(FIND).execute(Tuple.of(kid)).map(rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(key(rows.iterator().next())));
    }

    private static TrustedKey key(Row row) {
        return new TrustedKey(row.getString(0), row.getString(1), row.getString(2));
    }
}
