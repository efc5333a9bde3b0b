package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.adaos.hub.operations.lifecycle.machine.OperationIds;
import io.adaos.hub.operations.lifecycle.machine.OperationTransitions;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.operations.lifecycle.machine.Transition;
import io.adaos.hub.operations.lifecycle.store.PgNewOperations.Newcomer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How operations come to be: accepted, joined, in line, or repetitions. */
final class PgAdmissions {

    private static final int ATTEMPTS_MAX = 20;
    private static final int IN_LINE_MAX = 100;

    private static final String RETRY_OF = "SELECT " + PgOperationRows.COLUMNS + """
            , deadline_millis, retried_by FROM operation WHERE operation_id = $1 FOR UPDATE""";
    private static final String LINK_RETRY =
            "UPDATE operation SET retried_by = $2 WHERE operation_id = $1";

    private final OperationIds ids;
    private final Clock clock;
    private final PgOperationFacts facts;
    private final PgNewOperations operations;

    PgAdmissions(OperationIds ids, Clock clock, PgOperationFacts facts) {
        this.ids = ids;
        this.clock = clock;
        this.facts = facts;
        this.operations = new PgNewOperations(facts);
    }

    /**
     * Something to let in.
     *
     * @param deadline from acceptance, or from its turn, to its end
     */
    record Request(Submission submission, Duration deadline) {
    }

    /** At most one operation is active per target. */
    Uni<Admission> accept(SqlConnection tx, Request request) {
        return PgIdempotencyKeys.known(tx, request.submission()).chain(known ->
                known.isPresent()
                        ? Uni.createFrom().item(known.get())
                        : acceptNew(tx, request));
    }

    private Uni<Admission> acceptNew(SqlConnection tx, Request request) {
        Submission submission = request.submission();
        return admit(tx, newcomer(request), ATTEMPTS_MAX).call(admission -> operationOf(admission)
                .map(operation -> PgIdempotencyKeys.keep(tx, submission, operation))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Newcomer newcomer(Request request) {
        Submission submission = request.submission();
        return new Newcomer(
                OperationTransitions.planned(OperationTransitions.first(ids.next(),
                        submission.command(), submission.initiator(), clock.instant()),
                        submission.steps(), submission.parent().orElse(null)),
                submission.command(), submission.correlationId(), request.deadline());
    }

    /**
     * Lets many in at once, without waiting for anybody who uses their keys. Empty are the answers
     * that only {@link #accept} can give.
     */
    Uni<List<Optional<Admission>>> acceptAll(SqlConnection tx, List<Request> requests) {
        AdmissionGroup group = new AdmissionGroup(requests);
        return PgGroupKeys.known(tx, group.keyed())
                .map(group::fresh)
                .chain(fresh -> fresh.isEmpty()
                        ? Uni.createFrom().voidItem() : admitAll(tx, group, fresh))
                .map(done -> group.answers());
    }

    private Uni<Void> admitAll(SqlConnection tx, AdmissionGroup group, List<Request> fresh) {
        Map<Request, Newcomer> newcomers = new IdentityHashMap<>();
        List<Newcomer> inOrder = new ArrayList<>();
        for (Request request : fresh) {
            Newcomer newcomer = newcomer(request);
            newcomers.put(request, newcomer);
            inOrder.add(newcomer);
        }
        return operations.insert(tx, inOrder)
                .invoke(written -> group.admitted(newcomers, written))
                .chain(() -> PgTargetLine.join(tx, group))
                .chain(() -> PgGroupKeys.keep(tx, group.toKeep()));
    }

    /** Repeats an ended operation, once. */
    Uni<Admission> retry(
            SqlConnection tx, OperationId source, Initiator initiator, String correlationId) {
        return tx.preparedQuery(RETRY_OF)
                .execute(Tuple.of(source.value()))
                .chain(rows -> PgOperationRows.first(rows)
                        .map(row -> retry(tx, row, initiator, correlationId))
                        .orElseGet(() -> Uni.createFrom().item(new Admission.Missing())));
    }

    private Uni<Admission> retry(
            SqlConnection tx, Row row, Initiator initiator, String correlationId) {
        String child = row.getString("retried_by");
        if (child != null) {
            return PgOperationRows.find(tx, new OperationId(child)).map(known -> known
                    .<Admission>map(operation -> new Admission.Joined(operation.state()))
                    .orElseGet(Admission.Missing::new));
        }
        StoredOperation source = PgOperationRows.operation(row);
        Transition linked = OperationTransitions.apply(
                source.state(), new OperationEvent.RetryLinked(), clock.instant());
        if (linked instanceof Transition.Refused refused) {
            return Uni.createFrom().item(new Admission.Refused(refused));
        }
        Newcomer newcomer = new Newcomer(
                OperationTransitions.repetition(
                        ids.next(), source.state(), initiator, clock.instant()),
                source.command(), correlationId,
                Duration.ofMillis(row.getLong("deadline_millis")));
        return admit(tx, newcomer, ATTEMPTS_MAX).call(admission ->
                admission instanceof Admission.Admitted admitted
                        ? link(tx, source, ((Transition.Moved) linked).state(), admitted)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> link(SqlConnection tx, StoredOperation source, OperationState linked,
            Admission.Admitted child) {
        OperationId id = linked.operationId();
        return tx.preparedQuery(LINK_RETRY)
                .execute(Tuple.of(id.value(), child.operation().operationId().value()))
                .chain(() -> PgChanges.update(tx,
                        Change.of(id, new OperationEvent.RetryLinked()), source, linked))
                .chain(() -> facts.changed(tx, linked, source.correlationId()));
    }

    private Uni<Admission> admit(SqlConnection tx, Newcomer newcomer, int attempts) {
        return insert(tx, newcomer).chain(inserted -> inserted
                ? Uni.createFrom().item(new Admission.Admitted(newcomer.state()))
                : yieldToHolder(tx, newcomer, attempts));
    }

    private Uni<Admission> yieldToHolder(SqlConnection tx, Newcomer newcomer, int attempts) {
        TargetRef target = newcomer.command().target();
        return PgTargetLine.holder(tx, target).chain(holder -> {
            if (holder.isEmpty()) {
                return attempts > 0
                        ? admit(tx, newcomer, attempts - 1) : PgTargetLine.tooContended();
            }
            return PgTargetLine.waiting(tx, target)
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
        return operations.insert(tx, List.of(newcomer)).map(written -> !written.isEmpty());
    }

    /** The operation that an answer leads to, if any; null is no answer. */
    static Optional<OperationId> operationOf(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            return Optional.of(admitted.operation().operationId());
        }
        if (admission instanceof Admission.Joined joined) {
            return Optional.of(joined.operation().operationId());
        }
        return Optional.empty();
    }

    /** Who has a target, and who waits for it. */
    private record Line(Row holder, Iterable<Row> waiting) {
    }
}
