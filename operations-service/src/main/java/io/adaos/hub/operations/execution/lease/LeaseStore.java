package io.adaos.hub.operations.execution.lease;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hands operations out to runners; all expiry is judged by the database's clock. */
public interface LeaseStore {

    /**
     * Takes up to {@code most} operations that nobody works on: what is under way first, then by
     * turns. What was accepted runs from then on.
     *
     * @param except operations of these kinds stay where they are
     */
    Uni<List<Lease>> claim(String holder, int most, Duration ttl, Set<OperationKind> except);

    /** Prolongs these leases; what is missing in the answer is no longer held. */
    Uni<Map<OperationId, OperationStatus>> renew(
            String holder, Map<OperationId, Long> tokens, Duration ttl);

    /** Gives back everything this holder has, to be taken at once. */
    Uni<Integer> releaseAll(String holder);

    /** Operations that have not ended by their deadline. */
    Uni<List<StoredOperation>> overdue(int most);

    /** Operations whose question nobody has answered in time. */
    Uni<List<StoredOperation>> unanswered(int most);

    /** Ended operations whose half-done work is due to be taken back; nobody else gets them now. */
    Uni<List<TakeBack>> takeBacks(int most);

    /** It is taken back for good; or not yet, and is due again after this time. */
    Uni<Void> takenBack(OperationId operation, Optional<Duration> again);

    /** @param tries how often it was handed out, from 1 */
    record TakeBack(StoredOperation operation, int tries) {
    }
}
