package io.adaos.hub.operations.lifecycle.store;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
        return candidates.stream()
                .filter(request -> request.submission().key().isEmpty()
                        || known.containsKey(request) && known.get(request).isEmpty())
                .toList();
    }

    /** Some newcomers were written; identical requests without a key join them. */
    Map<PgAdmissions.Request, Newcomer> admitted(
            Map<PgAdmissions.Request, Newcomer> newcomers, Set<OperationId> written) {
        Map<PgAdmissions.Request, Newcomer> admitted = new IdentityHashMap<>(newcomers);
        admitted.values().removeIf(
                newcomer -> !written.contains(newcomer.state().operationId()));
        Map<TargetRef, Newcomer> byTarget = new HashMap<>();
        admitted.forEach((request, newcomer) -> {
            answers.put(request, new Admission.Admitted(newcomer.state()));
            byTarget.put(target(request), newcomer);
        });
        for (PgAdmissions.Request request : requests) {
            Newcomer holder = byTarget.get(target(request));
            if (!answers.containsKey(request) && holder != null && isSame(request, holder)) {
                answers.put(request, new Admission.Joined(holder.state()));
            }
        }
        return admitted;
    }

    /** By identity; without those that need a transaction of their own. */
    Map<PgAdmissions.Request, Admission> answers() {
        return answers;
    }

    private static boolean isSame(PgAdmissions.Request request, Newcomer holder) {
        return request.submission().key().isEmpty() && request.submission().command().joinDigest()
                .equals(holder.command().joinDigest());
    }

    private static TargetRef target(PgAdmissions.Request request) {
        return request.submission().command().target();
    }
}
