package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.bus.HubSubjects;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.machine.OperationIds;
import io.adaos.hub.operations.lifecycle.machine.OperationTransitions;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.operations.lifecycle.machine.Transition;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.outbox.OutboxEvent;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Operations in PostgreSQL. */
public final class PgOperationStore implements OperationStore {
    /*
     * Notes on concurrency.
     *
     * The unique partial index decides who has a target. Whoever loses locks the holder's row
     * before joining or getting in line, and the end of an operation updates that same row first
     * and looks for the next in line afterwards. So either the end sees the newcomer in line, or
     * the newcomer sees that the target is free. Every statement of a read-committed transaction
     * sees what was committed before it, which both sides rely on.
     *
     * States change by UPDATE … WHERE revision = ?: of two writers one starts over from the
     * state the other has left. A worker's writes also name the token of its lease.
     */

    private static final String OPERATION_CHANGED = "io.adaos.hub.operation.changed.v1";
    private static final int ATTEMPTS_MAX = 20;
    private static final int IN_LINE_MAX = 100;
    private static final Duration DEADLINE_IN_LINE = Duration.ofHours(1);

    private static final String INSERT = """
            INSERT INTO operation (operation_id, kind, target_kind, target_id, node_id,
                webspace_id, join_digest, status, revision, state, command, correlation_id,
                deadline_millis, deadline_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12,
                now() + $13 * interval '1 millisecond')
            ON CONFLICT (target_kind, target_id, node_id)
                WHERE status IN ('accepted', 'running', 'waiting_input', 'cancelling')
                DO NOTHING""";
    private static final String HOLDER = """
            SELECT state, join_digest FROM operation
            WHERE target_kind = $1 AND target_id = $2 AND node_id = $3
              AND status IN ('accepted', 'running', 'waiting_input', 'cancelling')
            FOR UPDATE""";
    private static final String IN_LINE = """
            SELECT state, join_digest, revision, operation_id, correlation_id FROM operation
            WHERE target_kind = $1 AND target_id = $2 AND node_id = $3 AND status = 'queued'
            ORDER BY arrival LIMIT 101""";
    private static final String FIND = "SELECT " + PgOperationRows.COLUMNS
            + " FROM operation WHERE operation_id = $1";
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
    private static final String RETRY_OF = "SELECT " + PgOperationRows.COLUMNS + """
            , deadline_millis, retried_by FROM operation WHERE operation_id = $1 FOR UPDATE""";
    private static final String LINK_RETRY =
            "UPDATE operation SET retried_by = $2 WHERE operation_id = $1";
    private static final String LIST = """
            SELECT state, arrival FROM operation
            WHERE ($1::text IS NULL OR webspace_id = $1) AND status = ANY($2) AND arrival > $3
            ORDER BY arrival LIMIT $4""";
    private static final String LIST_NEWEST = """
            SELECT state, arrival FROM operation
            WHERE ($1::text IS NULL OR webspace_id = $1) AND status = ANY($2)
              AND ($3::bigint = 0 OR arrival < $3)
            ORDER BY arrival DESC LIMIT $4""";
    private static final String DELETE_ENDED = """
            DELETE FROM operation WHERE operation_id IN (
                SELECT operation_id FROM (
                    SELECT operation_id, finished_at, row_number() OVER (
                        PARTITION BY webspace_id ORDER BY arrival DESC) AS place
                    FROM operation WHERE finished_at IS NOT NULL) ended
                WHERE place > $1 AND finished_at < now() - $2 * interval '1 millisecond'
                  AND NOT EXISTS (SELECT 1 FROM idempotency_key k
                      WHERE k.operation_id = ended.operation_id)
                ORDER BY finished_at LIMIT $3)""";
    private static final String DELETE_BEYOND = """
            WITH oldest AS (
                SELECT operation_id FROM operation WHERE finished_at IS NOT NULL
                ORDER BY finished_at, arrival
                LIMIT least($2, greatest(0, (
                    SELECT count(*) FROM operation WHERE finished_at IS NOT NULL) - $1))),
            keys AS (
                DELETE FROM idempotency_key USING oldest
                WHERE idempotency_key.operation_id = oldest.operation_id)
            DELETE FROM operation USING oldest
            WHERE operation.operation_id = oldest.operation_id""";

    private final PgTransactions transactions;
    private final Outbox outbox;
    private final OperationIds ids;
    private final Clock clock;
    private final List<PgOutcomeStep> outcomeSteps;

    /** The steps are written with the end of every operation. */
    public PgOperationStore(PgTransactions transactions, Outbox outbox, OperationIds ids,
            Clock clock, List<PgOutcomeStep> outcomeSteps) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
        this.outcomeSteps = List.copyOf(outcomeSteps);
    }

    @Override
    public Uni<Optional<Admission>> known(Submission submission) {
        return submission.key().isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : transactions.snapshot(tx -> PgIdempotencyKeys.find(tx, submission));
    }

    @Override
    public Uni<Admission> accept(Submission submission, Duration deadline) {
        return transactions.write(tx -> PgIdempotencyKeys.known(tx, submission).chain(known ->
                known.isPresent()
                        ? Uni.createFrom().item(known.get())
                        : acceptNew(tx, submission, deadline)));
    }

    private Uni<Admission> acceptNew(SqlConnection tx, Submission submission, Duration deadline) {
        OperationState first = OperationTransitions.first(
                ids.next(), submission.command(), submission.initiator(), now());
        Newcomer newcomer = new Newcomer(
                first, submission.command(), submission.correlationId(), deadline);
        return admit(tx, newcomer, ATTEMPTS_MAX).call(admission -> operationOf(admission)
                .map(operation -> PgIdempotencyKeys.keep(tx, submission, operation))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    @Override
    public Uni<Admission> retry(OperationId source, Initiator initiator, String correlationId) {
        return transactions.write(tx -> tx.preparedQuery(RETRY_OF)
                .execute(Tuple.of(source.value()))
                .chain(rows -> PgOperationRows.first(rows)
                        .map(row -> retry(tx, row, initiator, correlationId))
                        .orElseGet(() -> Uni.createFrom().item(new Admission.Missing()))));
    }

    private Uni<Admission> retry(
            SqlConnection tx, Row row, Initiator initiator, String correlationId) {
        String child = row.getString("retried_by");
        if (child != null) {
            return find(tx, new OperationId(child)).map(known -> known
                    .<Admission>map(operation -> new Admission.Joined(operation.state()))
                    .orElseGet(Admission.Missing::new));
        }
        StoredOperation source = PgOperationRows.operation(row);
        Transition linked = OperationTransitions.apply(
                source.state(), new OperationEvent.RetryLinked(), now());
        if (linked instanceof Transition.Refused refused) {
            return Uni.createFrom().item(new Admission.Refused(refused));
        }
        Newcomer newcomer = new Newcomer(
                OperationTransitions.repetition(ids.next(), source.state(), initiator, now()),
                source.command(), correlationId,
                Duration.ofMillis(row.getLong("deadline_millis")));
        return admit(tx, newcomer, ATTEMPTS_MAX).call(admission ->
                admission instanceof Admission.Admitted admitted
                        ? link(tx, source, ((Transition.Moved) linked).state(), admitted)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> link(SqlConnection tx, StoredOperation source, OperationState linked,
            Admission.Admitted child) {
        return tx.preparedQuery(LINK_RETRY)
                .execute(Tuple.of(source.state().operationId().value(),
                        child.operation().operationId().value()))
                .chain(() -> tx.preparedQuery(UPDATE).execute(Tuple.from(Arrays.asList(
                        linked.operationId().value(), source.state().revision(), null,
                        linked.status().wire(), PgOperationRows.json(linked), null, true))))
                .chain(() -> publish(tx, linked, source.correlationId()));
    }

    private Uni<Admission> admit(SqlConnection tx, Newcomer newcomer, int attempts) {
        return insert(tx, newcomer).chain(inserted -> inserted
                ? Uni.createFrom().item(new Admission.Admitted(newcomer.state()))
                : yieldToHolder(tx, newcomer, attempts));
    }

    private Uni<Admission> yieldToHolder(SqlConnection tx, Newcomer newcomer, int attempts) {
        Tuple target = target(newcomer.command().target());
        return tx.preparedQuery(HOLDER).execute(target).chain(rows -> {
            Optional<Row> holder = PgOperationRows.first(rows);
            if (holder.isEmpty()) {
                return attempts > 0 ? admit(tx, newcomer, attempts - 1) : tooContended();
            }
            return tx.preparedQuery(IN_LINE).execute(target)
                    .chain(line -> joinOrLineUp(tx, newcomer, new Line(holder.get(), line)));
        });
    }

    private Uni<Admission> joinOrLineUp(SqlConnection tx, Newcomer newcomer, Line line) {
        OperationState holder = PgOperationRows.state(line.holder().getString("state"));
        String digest = newcomer.command().joinDigest();
        // what is being cancelled will have no effect, so a request for the effect cannot join it
        if (holder.status() != OperationStatus.CANCELLING
                && line.holder().getString("join_digest").equals(digest)) {
            return Uni.createFrom().item(new Admission.Joined(holder));
        }
        int length = 0;
        for (Row waiting : line.waiting()) {
            if (waiting.getString("join_digest").equals(digest)) {
                return Uni.createFrom().item(new Admission.Joined(
                        PgOperationRows.state(waiting.getString("state"))));
            }
            length++;
        }
        if (!newcomer.command().queue() || length >= IN_LINE_MAX) {
            return Uni.createFrom().item(new Admission.Busy(holder));
        }
        Newcomer last = newcomer.inLineBehind(holder);
        return insert(tx, last).replaceWith(new Admission.Admitted(last.state()));
    }

    private Uni<Boolean> insert(SqlConnection tx, Newcomer newcomer) {
        OperationState state = newcomer.state();
        OperationCommand command = newcomer.command();
        boolean waits = state.status() == OperationStatus.QUEUED;
        Duration deadline = waits ? DEADLINE_IN_LINE : newcomer.deadline();
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(List.of(state.operationId().value(), state.kind().value(),
                        command.target().kind(), command.target().id(),
                        command.target().node().value(), state.webspaceId().value(),
                        command.joinDigest(), state.status().wire(), PgOperationRows.json(state),
                        PgOperationRows.json(command), newcomer.correlationId(),
                        newcomer.deadline().toMillis(), (double) deadline.toMillis())))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : publish(tx, state, newcomer.correlationId()).replaceWith(true));
    }

    @Override
    public Uni<Applied> apply(Change change) {
        return transactions.write(tx -> apply(tx, change, ATTEMPTS_MAX));
    }

    private Uni<Applied> apply(SqlConnection tx, Change change, int attempts) {
        return tx.preparedQuery(FIND).execute(Tuple.of(change.operationId().value()))
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
        Transition verdict = OperationTransitions.apply(operation.state(), change.event(), now());
        if (verdict instanceof Transition.Refused refused) {
            return Uni.createFrom().item(new Applied.Refused(refused));
        }
        if (verdict instanceof Transition.Unchanged unchanged) {
            return Uni.createFrom().item(new Applied.Done(unchanged.state()));
        }
        OperationState next = ((Transition.Moved) verdict).state();
        return update(tx, change, operation.state(), next).chain(updated -> {
            if (!updated) {
                return attempts > 0 ? apply(tx, change, attempts - 1) : tooContended();
            }
            return publish(tx, next, operation.correlationId())
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

    private static Uni<Boolean> update(
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
        return tx.preparedQuery(IN_LINE).execute(target(target)).chain(rows -> {
            Optional<Row> row = PgOperationRows.first(rows);
            if (row.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            OperationState waiting = PgOperationRows.state(row.get().getString("state"));
            OperationState next = ((Transition.Moved) OperationTransitions.apply(
                    waiting, new OperationEvent.Promoted(), now())).state();
            return tx.preparedQuery(GIVE_TURN)
                    .execute(Tuple.of(next.operationId().value(), waiting.revision(),
                            PgOperationRows.json(next)))
                    .chain(updated -> {
                        if (updated.rowCount() == 1) {
                            return publish(tx, next, row.get().getString("correlation_id"));
                        }
                        return attempts > 0 ? giveTurn(tx, target, attempts - 1) : tooContended();
                    });
        });
    }

    @Override
    public Uni<Optional<StoredOperation>> find(OperationId id) {
        return transactions.snapshot(tx -> find(tx, id));
    }

    private static Uni<Optional<StoredOperation>> find(SqlConnection tx, OperationId id) {
        return tx.preparedQuery(FIND).execute(Tuple.of(id.value()))
                .map(rows -> PgOperationRows.first(rows).map(PgOperationRows::operation));
    }

    @Override
    public Uni<OperationPage> list(OperationQuery query) {
        String[] statuses = query.statuses().stream()
                .map(OperationStatus::wire).toArray(String[]::new);
        Tuple values = Tuple.of(query.webspace().map(id -> id.value()).orElse(null), statuses,
                query.after(), query.limit() + 1);
        String select = switch (query.order()) {
            case ASC -> LIST;
            case DESC -> LIST_NEWEST;
        };
        return transactions.snapshot(tx -> outbox.position(tx).chain(position ->
                tx.preparedQuery(select).execute(values).map(rows -> {
                    List<OperationState> states = PgOperationRows.states(rows);
                    boolean more = states.size() > query.limit();
                    return new OperationPage(position.epoch(), position.sequence(),
                            more ? states.subList(0, query.limit()) : states,
                            more ? cursor(rows, query.limit()) : null);
                })));
    }

    private static String cursor(Iterable<Row> rows, int limit) {
        int place = 0;
        for (Row row : rows) {
            if (++place == limit) {
                return Long.toString(row.getLong("arrival"));
            }
        }
        throw new AssertionError("a page with a next one is full");
    }

    @Override
    public Uni<Integer> deleteEnded(int newestKept, Duration youngerThan, int most) {
        Tuple values = Tuple.of(newestKept, (double) youngerThan.toMillis(), most);
        return transactions.write(tx -> PgIdempotencyKeys.forget(tx)
                .chain(() -> tx.preparedQuery(DELETE_ENDED).execute(values))
                .map(rows -> rows.rowCount()));
    }

    @Override
    public Uni<Integer> deleteBeyond(int total, int most) {
        return transactions.write(tx -> tx.preparedQuery(DELETE_BEYOND)
                .execute(Tuple.of(total, most))
                .map(rows -> rows.rowCount()));
    }

    private Uni<Void> publish(SqlConnection tx, OperationState state, String correlationId) {
        return outbox.append(tx, new OutboxEvent(
                HubSubjects.operationChanged(state.webspaceId(), state.operationId()),
                OPERATION_CHANGED, state.operationId().value(), correlationId,
                new OperationChanged(state)));
    }

    /** Milliseconds are enough, and what is written is what is read again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<OperationId> operationOf(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            return Optional.of(admitted.operation().operationId());
        }
        if (admission instanceof Admission.Joined joined) {
            return Optional.of(joined.operation().operationId());
        }
        return Optional.empty();
    }

    private static Tuple target(TargetRef target) {
        return Tuple.of(target.kind(), target.id(), target.node().value());
    }

    private static <T> Uni<T> tooContended() {
        return Uni.createFrom().failure(new HubException(
                HubErrorCode.STORE_UNAVAILABLE, "Too many changes of one target at once"));
    }

    /** An operation that is not stored yet. */
    private record Newcomer(OperationState state, OperationCommand command,
            String correlationId, Duration deadline) {
        Newcomer inLineBehind(OperationState holder) {
            return new Newcomer(OperationTransitions.inLine(state, holder), command,
                    correlationId, deadline);
        }
    }

    /** Who has a target, and who waits for it. */
    private record Line(Row holder, Iterable<Row> waiting) {
    }
}
