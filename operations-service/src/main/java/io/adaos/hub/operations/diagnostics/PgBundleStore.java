package io.adaos.hub.operations.diagnostics;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The table {@code bundle}. */
@Singleton
public final class PgBundleStore implements BundleStore {

    private static final String EXPIRE = "DELETE FROM bundle WHERE expires_at <= now()";
    private static final String WRITE = """
            INSERT INTO bundle (operation_id, content, expires_at)
            VALUES ($1, $2, now() + $3 * interval '1 millisecond')
            ON CONFLICT (operation_id) DO UPDATE SET content = excluded.content,
                expires_at = excluded.expires_at""";
    private static final String FIND =
            "SELECT content FROM bundle WHERE operation_id = $1 AND expires_at > now()";

    private final PgTransactions transactions;
    private final long keepMillis;

    PgBundleStore(PgTransactions transactions, DiagnosticsConfig config) {
        this.transactions = transactions;
        this.keepMillis = config.keep().toMillis();
    }

    @Override
    public PgOutcomeStep keeping(OperationId operation, byte[] bytes) {
        return (tx, state, correlationId) -> tx.query(EXPIRE).execute()
                .chain(() -> tx.preparedQuery(WRITE).execute(
                        Tuple.of(operation.value(), Buffer.buffer(bytes), (double) keepMillis)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<byte[]>> find(OperationId operation) {
        return transactions.snapshot(tx -> tx.preparedQuery(FIND)
                .execute(Tuple.of(operation.value()))
                .map(rows -> rows.stream().findFirst()
                        .map(row -> row.getBuffer("content").getBytes())));
    }
}
