package io.adaos.hub.operations.execution;

import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.StoredOperation;

/**
 * Does the work of one kind of operation; one class per kind, and nothing else to change.
 *
 * <p>A run may be broken off at any instruction and taken up again by another process, so every
 * step must be repeatable. All methods are called on worker threads and may block.
 */
public interface OperationHandler {

    /** What the kind lets in. */
    KindRules rules();

    /**
     * Mends what an earlier process may have left; called before the first run of this kind, until
     * it works. Other kinds may run meanwhile.
     */
    void prepare();

    /**
     * Does the work, reports its steps and ends by {@link OperationProgress#succeed}.
     *
     * @throws HandlerFailure the operation fails, for the reason given
     * @throws TransientFailure it is tried again later, within its deadline
     * @throws StoppedException passed on from the progress: stop and leave things as they are
     */
    void run(OperationProgress progress);

    /** Takes back what a run may have begun; called when the operation ends without success. */
    void takeBack(StoredOperation operation);
}
