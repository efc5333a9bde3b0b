package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.runtime.pg.PgTransactions;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets many submissions in with one transaction: those that arrive while one is under way. */
final class PgAdmissionGroups {
    /*
     * Notes on groups.
     *
     * A submission that finds nothing under way goes at once and alone, so grouping costs nobody
     * time; the busier it is, the larger the groups. A group holds at most one submission of a
     * target and one of a key. Whatever is not simply new (the target has a holder, the key is
     * being used) is decided by a transaction of its own afterwards, which may wait for others;
     * a group waits only for other groups' uncommitted targets, in the one order in which all
     * groups write, so two can never wait for each other.
     */

    private static final int GROUP_MAX = 128;
    private static final int UNDER_WAY_MAX = 2;
    private static final int WAITING_MAX = 10_000;

    private final PgTransactions transactions;
    private final PgAdmissions admissions;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;

    PgAdmissionGroups(PgTransactions transactions, PgAdmissions admissions) {
        this.transactions = transactions;
        this.admissions = admissions;
    }

    /** One that waits for its answer. */
    private record Waiting(
            PgAdmissions.Request request, UniEmitter<? super Admission> emitter) {
    }

    /** Answers when the transaction is committed that the submission was part of. */
    Uni<Admission> accept(Submission submission, Duration deadline) {
        PgAdmissions.Request request = new PgAdmissions.Request(submission, deadline);
        return Uni.createFrom().emitter(emitter -> arrive(new Waiting(request, emitter)));
    }

    private void arrive(Waiting newcomer) {
        synchronized (this) {
            if (waiting.size() >= WAITING_MAX) {
                newcomer.emitter().fail(new HubException(HubErrorCode.TOO_MANY_OPERATIONS,
                        WAITING_MAX + " requests wait to be accepted")
                        .after(Duration.ofSeconds(1)));
                return;
            }
            waiting.add(newcomer);
        }
        next();
    }

    private void next() {
        List<Waiting> group = new ArrayList<>();
        synchronized (this) {
            if (underWay == UNDER_WAY_MAX || waiting.isEmpty()) {
                return;
            }
            underWay++;
            while (group.size() < GROUP_MAX && !waiting.isEmpty()) {
                group.add(waiting.poll());
            }
        }
        List<PgAdmissions.Request> requests = group.stream().map(Waiting::request).toList();
        transactions.write(tx -> admissions.acceptAll(tx, requests)).subscribe().with(
                answers -> answered(group, answers), failure -> failed(group, failure));
    }

    private void answered(List<Waiting> group, Map<PgAdmissions.Request, Admission> answers) {
        ended();
        for (Waiting one : group) {
            Optional.ofNullable(answers.get(one.request()))
                    .ifPresentOrElse(one.emitter()::complete, () -> alone(one));
        }
    }

    /** One that cannot be stored must not take the others down. */
    private void failed(List<Waiting> group, Throwable failure) {
        ended();
        boolean away = failure instanceof HubException refusal
                && refusal.code() == HubErrorCode.STORE_UNAVAILABLE;
        group.forEach(away ? one -> one.emitter().fail(failure) : this::alone);
    }

    private void ended() {
        synchronized (this) {
            underWay--;
        }
        next();
    }

    private void alone(Waiting one) {
        transactions.write(tx -> admissions.accept(tx, one.request()))
                .subscribe().with(one.emitter()::complete, one.emitter()::fail);
    }
}
