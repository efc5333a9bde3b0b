package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.Pause;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StepTimes;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.machine.OperationTransitions;
import io.adaos.hub.operations.lifecycle.machine.Question;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.operations.lifecycle.machine.Transition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How operations move on and end, and who gets a target next. */
final class PgChanges {

    private static final int ATTEMPTS_MAX = 20;

    private static final String UPDATE = """
            UPDATE operation SET
                status = $4, revision = revision + 1, state = $5,
                checkpoint = coalesce($6, checkpoint),
                finished_at = CASE WHEN $7 THEN coalesce(finished_at, now()) END,
                question = $8, input_expires_at = $9, answers = coalesce($10, answers),
                step_since = CASE WHEN $11 THEN now() ELSE step_since END,
                next_run_at = CASE
                    WHEN $12 AND $13::float8 IS NOT NULL
                        THEN now() + $13 * interval '1 millisecond'
                    WHEN $12 AND wakes = $14 THEN deadline_at
                    WHEN $12 OR $4 = 'cancelling' OR status = 'waiting_input' THEN now()
                    ELSE next_run_at END,
                runs = CASE WHEN $12 THEN 0 ELSE runs END,
                postponements = postponements + CASE WHEN $12 AND $13 IS NOT NULL THEN 1 ELSE 0 END,
                take_back_at = CASE WHEN $15 THEN now() ELSE take_back_at END,
                lease_holder = CASE WHEN $7 OR $12 THEN NULL ELSE lease_holder END,
                lease_token = lease_token + CASE WHEN $7 OR $12 THEN 1 ELSE 0 END,
                lease_expires_at = CASE WHEN $7 OR $12 THEN NULL ELSE lease_expires_at END
            WHERE operation_id = $1 AND revision = $2 AND ($3::bigint IS NULL OR lease_token = $3)
            """;
    private static final String START = """
            UPDATE operation SET status = 'running', revision = revision + 1,
                state = started.state, step_since = now()
            FROM unnest($1::text[], $2::text[]) AS started (id, state)
            WHERE operation_id = started.id""";
    private static final String GIVE_TURN = """
            UPDATE operation SET status = 'accepted', revision = revision + 1, state = $3,
                next_run_at = now(),
                deadline_at = now() + deadline_millis * interval '1 millisecond'
            WHERE operation_id = $1 AND revision = $2""";

    private final Clock clock;
    private final PgOperationFacts facts;
    private final List<PgOutcomeStep> outcomeSteps;
    private final StepTimes times;

    PgChanges(Clock clock, PgOperationFacts facts, List<PgOutcomeStep> outcomeSteps,
            StepTimes times) {
        this.clock = clock;
        this.facts = facts;
        this.outcomeSteps = List.copyOf(outcomeSteps);
        this.times = times;
    }

    /** Accepted operations whose rows this transaction has locked begin to run. */
    Uni<List<StoredOperation>> started(SqlConnection tx, List<StoredOperation> accepted) {
        if (accepted.isEmpty()) {
            return Uni.createFrom().item(accepted);
        }
        List<StoredOperation> running = accepted.stream().map(this::started).toList();
        String[] ids = running.stream()
                .map(one -> one.state().operationId().value()).toArray(String[]::new);
        String[] states = running.stream()
                .map(one -> PgOperationRows.json(one.state())).toArray(String[]::new);
        return tx.preparedQuery(START).execute(Tuple.of(ids, states))
                .chain(() -> facts.changed(tx, running))
                .replaceWith(running);
    }

    private StoredOperation started(StoredOperation operation) {
        OperationState next = ((Transition.Moved) OperationTransitions.apply(operation.state(),
                new OperationEvent.Started(), clock.instant())).state();
        return operation.in(expected(operation.state(), next));
    }

    /** With the time when it will have ended, once another step is at hand. */
    private OperationState expected(OperationState from, OperationState next) {
        boolean begins = from.status() == OperationStatus.ACCEPTED;
        if (next.plan() == null || next.status().isTerminal()
                || !begins && from.plan().at() == next.plan().at()) {
            return next;
        }
        return OperationTransitions.expecting(next, times
                .from(next.kind(), next.plan(), next.plan().at())
                .map(next.updatedAt()::plus).orElse(null));
    }

    /** A step that is left behind has taken its time. */
    private void measure(OperationState from, OperationState next, double seconds) {
        boolean done = next.status() == OperationStatus.SUCCEEDED;
        if (from.plan() != null && from.plan().at() >= 0
                && (done || from.plan().at() < next.plan().at())) {
            times.measured(from.kind(), from.plan().steps().get(from.plan().at()).name(),
                    Duration.ofMillis((long) (seconds * 1000)));
        }
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
                            : apply(tx, change, row.get(), attempts);
                });
    }

    private Uni<Applied> apply(SqlConnection tx, Change change, Row row, int attempts) {
        StoredOperation operation = PgOperationRows.operation(row);
        Transition verdict = OperationTransitions.apply(
                operation.state(), change.event(), clock.instant());
        if (verdict instanceof Transition.Refused refused) {
            return Uni.createFrom().item(new Applied.Refused(refused));
        }
        if (verdict instanceof Transition.Unchanged unchanged) {
            return Uni.createFrom().item(new Applied.Done(unchanged.state()));
        }
        OperationState next = expected(operation.state(), ((Transition.Moved) verdict).state());
        return update(tx, change, operation, next).chain(updated -> {
            if (!updated) {
                return attempts > 0
                        ? apply(tx, change, attempts - 1) : PgTargetLine.tooContended();
            }
            measure(operation.state(), next, row.getDouble("step_seconds"));
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
            SqlConnection tx, Change change, StoredOperation operation, OperationState next) {
        OperationState from = operation.state();
        boolean asks = next.status() == OperationStatus.WAITING_INPUT;
        Optional<Pause> pause = change.pause();
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(next.operationId().value(),
                        from.revision(),
                        change.fence().isPresent() ? change.fence().getAsLong() : null,
                        next.status().wire(), PgOperationRows.json(next),
                        change.checkpoint().map(PgOperationRows::json).orElse(null),
                        next.status().isTerminal(),
                        asks ? PgOperationRows.json(question(change.event())) : null,
                        asks ? next.input().expiresAt().atOffset(ZoneOffset.UTC) : null,
                        operation.answersAfter(change.event())
                                .map(PgOperationRows::json).orElse(null),
                        !Objects.equals(place(from), place(next)),
                        pause.isPresent(),
                        pause.flatMap(Pause::delay).map(wait -> (double) wait.toMillis())
                                .orElse(null),
                        pause.map(Pause::wakes).orElse(-1L),
                        change.takeBackDue())))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Question question(OperationEvent event) {
        return ((OperationEvent.InputRequested) event).question();
    }

    private static Integer place(OperationState state) {
        return state.plan() == null ? null : state.plan().at();
    }

    private Uni<Void> finish(
            SqlConnection tx, Change change, StoredOperation operation, OperationState ended) {
        Uni<Void> written = change.also().write(tx, ended, operation.correlationId());
        for (PgOutcomeStep step : outcomeSteps) {
            written = written.chain(() -> step.write(tx, ended, operation.correlationId()));
        }
        Uni<Void> told = written.chain(() -> PgWakes.childEnded(tx, ended.operationId()));
        boolean hadTarget = operation.state().status() != OperationStatus.QUEUED;
        return hadTarget
                ? told.chain(() -> giveTurn(tx, operation.command().target(), ATTEMPTS_MAX))
                : told;
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
