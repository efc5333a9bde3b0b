package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;

/** Those who want to hear of changes of a document. */
final class Observers {
    private final List<Observation> all = new ArrayList<>();

    Observation add(DocObserver observer, TypeNode scope) {
        Observation observation = new Observation(this, observer, scope);
        all.add(observation);
        return observation;
    }

    void remove(Observation observation) {
        all.remove(observation);
    }

    /** Tells everybody concerned; gives the first failure, or null. */
    RuntimeException tell(Transaction transaction) {
        if (all.isEmpty()) {
            return null;
        }
        TransactionChanges changes = TransactionChanges.of(transaction);
        RuntimeException failure = null;
        for (Observation observation : List.copyOf(all)) {
            DocChange change = new DocChange(changes, observation.scope);
            try {
                if (!change.isEmpty()) {
                    observation.observer.changed(change);
                }
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        return failure;
    }
}
