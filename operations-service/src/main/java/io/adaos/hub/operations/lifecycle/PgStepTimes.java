package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Keeps step times over restarts; one process more or less makes no difference to an average. */
public final class PgStepTimes {

    private static final String READ = "SELECT kind, step, millis FROM step_time";
    private static final String WRITE = """
            INSERT INTO step_time (kind, step, millis)
            SELECT * FROM unnest($1::text[], $2::text[], $3::float8[])
            ON CONFLICT (kind, step) DO UPDATE SET millis = excluded.millis""";

    private final PgTransactions transactions;
    private final StepTimes times;
    private volatile boolean read;

    public PgStepTimes(PgTransactions transactions, StepTimes times) {
        this.transactions = transactions;
        this.times = times;
    }

    /** Reads them the first time, and writes what is new. */
    public Uni<Void> keep() {
        if (!read) {
            return transactions.snapshot(tx -> tx.query(READ).execute().map(rows -> {
                List<StepTimes.Average> kept = new ArrayList<>();
                for (Row row : rows) {
                    kept.add(new StepTimes.Average(new StepTimes.Step(row.getString("kind"),
                            row.getString("step")), row.getDouble("millis")));
                }
                times.remembered(kept);
                read = true;
                return kept;
            })).replaceWithVoid();
        }
        List<StepTimes.Average> news = times.news();
        return news.isEmpty() ? Uni.createFrom().voidItem() : write(news);
    }

    private Uni<Void> write(List<StepTimes.Average> news) {
        String[] kinds = news.stream().map(one -> one.step().kind()).toArray(String[]::new);
        String[] steps = news.stream().map(one -> one.step().name()).toArray(String[]::new);
        Double[] millis = news.stream().map(StepTimes.Average::millis).toArray(Double[]::new);
        return transactions.write(tx -> tx.preparedQuery(WRITE)
                .execute(Tuple.of(kinds, steps, millis)).replaceWithVoid());
    }
}
