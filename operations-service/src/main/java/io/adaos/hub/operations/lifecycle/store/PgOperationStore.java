package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.operations.lifecycle.ActiveCounts;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Applied;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationQuery;
import io.adaos.hub.operations.lifecycle.OperationStore;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.PgStepTimes;
import io.adaos.hub.operations.lifecycle.StepTimes;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.OperationIds;
import io.adaos.hub.runtime.outbox.Outbox;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
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

    private final PgTransactions transactions;
    private final Outbox outbox;
    private final PgAdmissions admissions;
    private final PgAdmissionGroups groups;
    private final PgChanges changes;
    private final PgStepTimes times;

    /** The steps are written with the end of every operation. */
    public PgOperationStore(PgTransactions transactions, Outbox outbox, OperationIds ids,
            Clock clock, List<PgOutcomeStep> outcomeSteps) {
        // milliseconds are enough, and what is written is what is read again
        Clock millis = Clock.tick(clock, Duration.ofMillis(1));
        PgOperationFacts facts = new PgOperationFacts(outbox);
        this.transactions = transactions;
        this.outbox = outbox;
        this.admissions = new PgAdmissions(ids, millis, facts);
        this.groups = new PgAdmissionGroups(transactions, admissions);
        StepTimes stepTimes = new StepTimes();
        this.times = new PgStepTimes(transactions, stepTimes);
        this.changes = new PgChanges(millis, facts, outcomeSteps, stepTimes);
    }

    @Override
    public Uni<Optional<Admission>> known(Submission submission) {
        return groups.known(submission);
    }

    @Override
    public Uni<Admission> accept(Submission submission, Duration deadline) {
        return groups.accept(submission, deadline);
    }

    @Override
    public Uni<Admission> retry(OperationId source, Initiator initiator, String correlationId) {
        return transactions.write(tx -> admissions.retry(tx, source, initiator, correlationId));
    }

    @Override
    public Uni<Applied> apply(Change change) {
        return transactions.write(tx -> changes.apply(tx, change));
    }

    /** These accepted operations have been taken by runners, in this transaction. */
    public Uni<List<StoredOperation>> started(SqlConnection tx, List<StoredOperation> taken) {
        return changes.started(tx, taken);
    }

    @Override
    public Uni<Void> keepTimes() {
        return times.keep();
    }

    @Override
    public Uni<Optional<StoredOperation>> find(OperationId id) {
        return transactions.snapshot(tx -> PgOperationRows.find(tx, id));
    }

    @Override
    public Uni<ActiveCounts> active() {
        return transactions.snapshot(PgOperationList::active);
    }

    @Override
    public Uni<OperationPage> list(OperationQuery query) {
        return transactions.snapshot(tx -> outbox.position(tx)
                .chain(position -> PgOperationList.read(tx, position, query)));
    }

    @Override
    public Uni<Integer> deleteEnded(int newestKept, Duration youngerThan, int most) {
        return transactions.write(
                tx -> PgEndedOperations.delete(tx, newestKept, youngerThan, most));
    }

    @Override
    public Uni<Integer> deleteBeyond(int total, int most) {
        return transactions.write(tx -> PgEndedOperations.deleteBeyond(tx, total, most));
    }
}
