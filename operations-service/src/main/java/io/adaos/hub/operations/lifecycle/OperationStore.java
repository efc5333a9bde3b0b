package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationPage;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** Keeps operations; state and the fact about it are one transaction. */
public interface OperationStore {

    /** The answer that a submission with this key has got before; empty when there is none. */
    Uni<Optional<Admission>> known(Submission submission);

    /**
     * Takes a submission in: at most one operation is active per target.
     *
     * @param deadline from acceptance, or from its turn, to its end
     */
    Uni<Admission> accept(Submission submission, Duration deadline);

    /** Repeats an ended operation, once: a second call gets the operation of the first. */
    Uni<Admission> retry(OperationId source, Initiator initiator, String correlationId);

    /** Lets an event happen; ends of operations make the next in line accepted. */
    Uni<Applied> apply(Change change);

    Uni<Optional<StoredOperation>> find(OperationId id);

    /** Keeps what is known of how long steps take. */
    Uni<Void> keepTimes();

    /** How many operations have not ended. */
    Uni<ActiveCounts> active();

    /** A page at one position of the service's facts. */
    Uni<OperationPage> list(OperationQuery query);

    /**
     * Deletes ended operations that are neither among the newest of their webspace nor young,
     * oldest first.
     *
     * @return how many were deleted
     */
    Uni<Integer> deleteEnded(int newestKept, Duration youngerThan, int most);

    /**
     * Deletes the oldest of more than {@code total} ended operations, however young, and the
     * idempotency keys that led to them.
     *
     * @return how many operations were deleted
     */
    Uni<Integer> deleteBeyond(int total, int most);
}
