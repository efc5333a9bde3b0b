package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.operations.lifecycle.store.PgNewOperations.Newcomer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The requests of one transaction, and their answers as far as it can give them. */
final class AdmissionGroup {

    /** All groups write in this order, so that no two wait for each other. */
    private static final Comparator<PgAdmissions.Request> ORDER = Comparator.comparing(
            request -> target(request).label() + ' ' + target(request).node().value());

    /** Stands for the answer that whoever uses the key at the moment is about to get. */
    private static final Optional<Admission> USED = Optional.of(new Admission.Missing());

    private final List<PgAdmissions.Request> requests;
    private final List<PgAdmissions.Request> candidates = new ArrayList<>();
    private final Map<PgAdmissions.Request, Admission> answers = new IdentityHashMap<>();

    /** Of several for one target, or with one key, the first is a candidate. */
    AdmissionGroup(List<PgAdmissions.Request> requests) {
        this.requests = requests;
        Set<TargetRef> targets = new HashSet<>();
        Set<Submission.Key> keys = new HashSet<>();
        for (PgAdmissions.Request request : requests) {
            boolean newKey = request.submission().key().map(keys::add).orElse(true);
            if (newKey && targets.add(target(request))) {
                candidates.add(request);
            }
        }
        candidates.sort(ORDER);
    }

    List<PgAdmissions.Request> keyed() {
        return candidates.stream()
                .filter(request -> request.submission().key().isPresent()).toList();
    }

    /** The candidates that are new, after a look at those with keys. */
    List<PgAdmissions.Request> fresh(Map<PgAdmissions.Request, Optional<Admission>> known) {
        known.forEach((request, answer) -> answer.ifPresent(
                admission -> answers.put(request, admission)));
        candidates.removeIf(request -> request.submission().key().isPresent()
                && known.getOrDefault(request, USED).isPresent());
        return candidates;
    }

    /** Some newcomers were written. */
    void admitted(Map<PgAdmissions.Request, Newcomer> newcomers, Set<OperationId> written) {
        newcomers.forEach((request, newcomer) -> {
            if (written.contains(newcomer.state().operationId())) {
                answers.put(request, new Admission.Admitted(newcomer.state()));
            }
        });
    }

    /** Those that may still join whoever has their target. */
    List<PgAdmissions.Request> open() {
        Set<PgAdmissions.Request> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(candidates);
        return requests.stream()
                .filter(request -> !answers.containsKey(request))
                .filter(request -> request.submission().key().isEmpty() || own.contains(request))
                .toList();
    }

    /** This operation has the request's target; an identical request joins it. */
    void joinIfSame(PgAdmissions.Request request, OperationState holder, String digest) {
        // what is being cancelled will have no effect, so a request for the effect cannot join it
        if (holder.status() != OperationStatus.CANCELLING
                && request.submission().command().joinDigest().equals(digest)) {
            answers.put(request, new Admission.Joined(holder));
        }
    }

    /** The keys to remember, with the operations they led to. */
    Map<PgAdmissions.Request, OperationId> toKeep() {
        Map<PgAdmissions.Request, OperationId> kept = new IdentityHashMap<>();
        candidates.stream().filter(request -> request.submission().key().isPresent())
                .forEach(request -> PgAdmissions.operationOf(answers.get(request))
                        .ifPresent(id -> kept.put(request, id)));
        return kept;
    }

    /** In the order of the requests; empty for those that need a transaction of their own. */
    List<Optional<Admission>> answers() {
        return requests.stream().map(answers::get).map(Optional::ofNullable).toList();
    }

    private static TargetRef target(PgAdmissions.Request request) {
        return request.submission().command().target();
    }
}
