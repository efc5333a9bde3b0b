package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import java.util.Set;

/**
 * What operations do with the workspace of one node.
 *
 * <p>The record of what is installed is written first, under the lease; a link is then made to
 * agree with the record, whoever asks and however late. So every call may be repeated by any
 * process, and one that comes late from a worker without a lease does no harm. Calls that take a
 * progress fail with {@code HandlerFailure} or {@code TransientFailure}, and pass on its
 * {@code StoppedException}. A workspace of another node may break them off until the node has
 * answered; the next run makes the same call and gets the answer.
 */
public interface NodeWorkspace {

    /** Why a link is made to agree; within one operation each happens once. */
    enum Turn {
        /** To a version whose record says activating. */
        ACTIVATE,
        /** Back to the record before it. */
        TAKE_BACK,
        /** Away, as there is no record any more. */
        REMOVE
    }

    /** Mends what an earlier process may have left of a kind. */
    void prepare(ArtifactKind kind);

    /**
     * Brings the files of a version into the store, whole and verified, where nobody uses them
     * yet; reports the steps {@code fetch}, {@code verify} and {@code unpack}. Refused when
     * something foreign stands where the link would be.
     */
    void stage(OperationProgress progress, ArtifactPlace place, ArtifactVersion version);

    /** Makes the link of a name agree with the record; done when this returns. */
    void link(OperationProgress progress, ArtifactPlace place, Turn turn);

    /**
     * Deletes what an ended operation has left, and makes the links of these names agree with the
     * record; at once, or as soon as the node can be reached. Never waits for the node.
     */
    void settle(OperationId operation, Set<ArtifactPlace> places);

    /**
     * Deletes the contents of a name that are not to be kept; at once or later, never waits.
     *
     * @param keep content digests
     */
    void collect(OperationProgress progress, ArtifactPlace place, Set<String> keep);
}
