package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.machine.OperationTransitions;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.operations.lifecycle.machine.Transition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How operations move on and end, and who gets a target next. */
final class PgChanges {

    private static final int ATTEMPTS_MAX = 20;

    private static final String UPDATE = """
            UPDATE operation SET
                status = $4, revision = revision + 1, state = $5,
                checkpoint = coalesce($6, checkpoint),
                finished_at = CASE WHEN $7 THEN coalesce(finished_at, now()) END,
                next_run_at = CASE WHEN $4 = 'cancelling' THEN now() ELSE next_run_at END,
                lease_holder = CASE WHEN $7 THEN NULL ELSE lease_holder END,
                lease_token = lease_token + CASE WHEN $7 THEN 1 ELSE 0 END,
                lease_expires_at = CASE WHEN $7 THEN NULL ELSE lease_expires_at END
            WHERE operation_id = $1 AND revision = $2 AND ($3::bigint IS NULL OR lease_token = $3)
            """;
    private static final String GIVE_TURN = """
            UPDATE operation SET status = 'accepted', revision = revision + 1, state = $3,
                next_run_at = now(),
                deadline_at = now() + deadline_millis * interval '1 millisecond'
            WHERE operation_id = $1 AND revision = $2""";

    private final Clock clock;
    private final PgOperationFacts facts;
    private final List<PgOutcomeStep> outcomeSteps;

    PgChanges(Clock clock, PgOperationFacts facts, List<PgOutcomeStep> outcomeSteps) {
        this.clock = clock;
        this.facts = facts;
        this.outcomeSteps = List.copyOf(outcomeSteps);
    }

    /** Lets an event happen; the end of an operation makes the next in line accepted. */
    Uni<Applied> apply(SqlConnection tx, Change change) {
        return apply(tx, change, ATTEMPTS_MAX);
    }

    private Uni<Applied> apply(SqlConnection tx, Change change, int attempts) {
        return tx.preparedQuery(PgOperationRows.FIND)
                .execute(Tuple.of(change.operationId().value()))
                .chain(rows -> {
                    Optional<Row> row = PgOperationRows.first(rows);
                    if (row.isEmpty()) {
                        return Uni.createFrom().item(new Applied.Missing());
                    }
                    boolean fenced = change.fence().isPresent()
                            && change.fence().getAsLong() != row.get().getLong("lease_token");
                    return fenced
                            ? Uni.createFrom().item(new Applied.Fenced())
                            : apply(tx, change, PgOperationRows.operation(row.get()), attempts);
                });
    }

    private Uni<Applied> apply(
            SqlConnection tx, Change change, StoredOperation operation, int attempts) {
        Transition verdict = OperationTransitions.apply(
                operation.state(), change.event(), clock.instant());
        if (verdict instanceof Transition.Refused refused) {
            return Uni.createFrom().item(new Applied.Refused(refused));
        }
        if (verdict instanceof Transition.Unchanged unchanged) {
            return Uni.createFrom().item(new Applied.Done(unchanged.state()));
        }
        OperationState next = ((Transition.Moved) verdict).state();
        return update(tx, change, operation.state(), next).chain(updated -> {
            if (!updated) {
                return attempts > 0
                        ? apply(tx, change, attempts - 1) : PgTargetLine.tooContended();
            }
            return facts.changed(tx, next, operation.correlationId())
                    .chain(() -> accompany(tx, change, operation, next))
                    .replaceWith(new Applied.Done(next));
        });
    }

    private Uni<Void> accompany(SqlConnection tx, Change change, StoredOperation operation,
            OperationState next) {
        if (!next.status().isTerminal()) {
            return change.also().write(tx, next, operation.correlationId());
        }
        return isTerminal(operation)
                ? Uni.createFrom().voidItem() : finish(tx, change, operation, next);
    }

    private static boolean isTerminal(StoredOperation operation) {
        return operation.state().status().isTerminal();
    }

    /** False when another writer was faster, or the lease is another's. */
    static Uni<Boolean> update(
            SqlConnection tx, Change change, OperationState from, OperationState next) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(next.operationId().value(),
                        from.revision(),
                        change.fence().isPresent() ? change.fence().getAsLong() : null,
                        next.status().wire(), PgOperationRows.json(next),
                        change.checkpoint().map(PgOperationRows::json).orElse(null),
                        next.status().isTerminal())))
                .map(rows -> rows.rowCount() == 1);
    }

    private Uni<Void> finish(
            SqlConnection tx, Change change, StoredOperation operation, OperationState ended) {
        Uni<Void> written = change.also().write(tx, ended, operation.correlationId());
        for (PgOutcomeStep step : outcomeSteps) {
            written = written.chain(() -> step.write(tx, ended, operation.correlationId()));
        }
        boolean hadTarget = operation.state().status() != OperationStatus.QUEUED;
        return hadTarget
                ? written.chain(() -> giveTurn(tx, operation.command().target(), ATTEMPTS_MAX))
                : written;
    }

    /** The longest in line becomes accepted; one that left the line meanwhile is passed over. */
    private Uni<Void> giveTurn(SqlConnection tx, TargetRef target, int attempts) {
        return PgTargetLine.waiting(tx, target).chain(rows -> {
            Optional<Row> row = PgOperationRows.first(rows);
            if (row.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            OperationState waiting = PgOperationRows.state(row.get().getString("state"));
            OperationState next = ((Transition.Moved) OperationTransitions.apply(
                    waiting, new OperationEvent.Promoted(), clock.instant())).state();
            return tx.preparedQuery(GIVE_TURN)
                    .execute(Tuple.of(next.operationId().value(), waiting.revision(),
                            PgOperationRows.json(next)))
                    .chain(updated -> {
                        if (updated.rowCount() == 1) {
                            return facts.changed(tx, next, row.get().getString("correlation_id"));
                        }
                        return attempts > 0
                                ? giveTurn(tx, target, attempts - 1) : PgTargetLine.tooContended();
                    });
        });
    }
}
