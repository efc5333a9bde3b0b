package io.adaos.hub.registry.actions.probe;

import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the migrations this process was built with to those the database has seen. */
public final class PgMigrations {

    private static final String APPLIED = """
            SELECT version FROM flyway_schema_history
            WHERE success AND version IS NOT NULL ORDER BY installed_rank""";

    private final PgTransactions transactions;
    private final List<String> wanted;

    /** @param wanted versions in their order */
    public PgMigrations(PgTransactions transactions, List<String> wanted) {
        this.transactions = transactions;
        this.wanted = List.copyOf(wanted);
    }

    /** What the database has, where something of ours is missing. */
    record Pending(String expected, List<String> current) {
    }

    /**
     * What is missing; empty when all is there. More than ours is no fault: another process is
     * newer then.
     */
    Uni<Optional<Pending>> pending() {
        return transactions.snapshot(tx -> tx.query(APPLIED).execute()).map(rows -> {
            List<String> applied = new ArrayList<>(rows.size());
            rows.forEach(row -> applied.add(row.getString(0)));
            return applied.containsAll(wanted)
                    ? Optional.empty()
                    : Optional.of(new Pending(wanted.get(wanted.size() - 1), applied));
        });
    }
}
