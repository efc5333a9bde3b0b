package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hands operations out to runners; all expiry is judged by the database's clock. */
public interface LeaseStore {

    /**
     * Takes up to {@code most} operations that nobody works on, oldest first.
     *
     * @param except operations of these kinds stay where they are
     */
    Uni<List<Lease>> claim(String holder, int most, Duration ttl, Set<OperationKind> except);

    /** Prolongs these leases; what is missing in the answer is no longer held. */
    Uni<Map<OperationId, OperationStatus>> renew(
            String holder, Map<OperationId, Long> tokens, Duration ttl);

    /** Gives a lease back, to be taken again after the delay. */
    Uni<Void> postpone(Lease lease, Duration delay);

    /** Gives back everything this holder has, to be taken at once. */
    Uni<Integer> releaseAll(String holder);

    /** Operations that have not ended by their deadline. */
    Uni<List<StoredOperation>> overdue(int most);
}
