package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The door of the table: lets submissions in many at a time, and never takes all connections. */
final class PgAdmissionGroups {
    /*
     * Notes on groups.
     *
     * A group writes at most one submission of a target and one of a key; identical ones join.
     * What is neither new nor a join (the target has another holder, the key is being used) is
     * decided by a transaction of its own afterwards, which may wait for others. A group waits
     * only for targets that other transactions have written and not committed; all groups write
     * in the same order and a single submission writes one target, so none wait in a circle.
     *
     * At most six connections are in use here, whoever knocks: leases, deadlines and the relay
     * have theirs.
     */

    private static final int GROUP_MAX = 128;

    private final PgTransactions transactions;
    private final PgAdmissions admissions;
    private final PgGathering<Submission, Optional<Admission>> looks =
            new PgGathering<>(1, GROUP_MAX, this::look);
    private final PgGathering<PgAdmissions.Request, Optional<Admission>> together =
            new PgGathering<>(2, GROUP_MAX, this::acceptAll);
    private final PgGathering<PgAdmissions.Request, Admission> alone =
            new PgGathering<>(3, 1, this::acceptOne);

    PgAdmissionGroups(PgTransactions transactions, PgAdmissions admissions) {
        this.transactions = transactions;
        this.admissions = admissions;
    }

    /** The answer that a submission with this key has got before. */
    Uni<Optional<Admission>> known(Submission submission) {
        return submission.key().isEmpty()
                ? Uni.createFrom().item(Optional.empty()) : looks.ask(submission);
    }

    /** Answers when the transaction is committed that the submission was part of. */
    Uni<Admission> accept(Submission submission, Duration deadline) {
        PgAdmissions.Request request = new PgAdmissions.Request(submission, deadline);
        return together.ask(request).chain(answer -> answer
                .map(admission -> Uni.createFrom().item(admission))
                .orElseGet(() -> alone.ask(request)));
    }

    private Uni<List<Optional<Admission>>> look(List<Submission> submissions) {
        return transactions.snapshot(tx -> PgGroupKeys.find(tx, submissions));
    }

    /** One that cannot be stored must not take the others down: each is tried alone then. */
    private Uni<List<Optional<Admission>>> acceptAll(List<PgAdmissions.Request> requests) {
        return transactions.write(tx -> admissions.acceptAll(tx, requests))
                .onFailure(failure -> !isAway(failure)).recoverWithItem(
                        () -> Collections.nCopies(requests.size(), Optional.empty()));
    }

    private Uni<List<Admission>> acceptOne(List<PgAdmissions.Request> requests) {
        return transactions.write(tx -> admissions.accept(tx, requests.get(0))).map(List::of);
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof HubException refusal
                && refusal.code() == HubErrorCode.STORE_UNAVAILABLE;
    }
}
