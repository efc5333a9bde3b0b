package io.adaos.hub.operations.execution.child;

import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.Admission;
import io.adaos.hub.operations.lifecycle.Change;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations that an operation needs: started once, however often its run is begun; blocks. */
public final class ChildOperations {

    private static final Initiator ITSELF = new Initiator("service", "operations");
    private static final int ORPHANS_MAX = 100;

    private final OperationManager operations;
    private final PgChildren children;
    private final Duration storeWait;

    /** @param storeWait how long the database may take for an answer */
    public ChildOperations(
            OperationManager operations, PgChildren children, Duration storeWait) {
        this.operations = operations;
        this.children = children;
        this.storeWait = storeWait;
    }

    /** How these operations are, in this order; those that are not there yet are started. */
    public List<OperationState> of(StoredOperation parent, List<OperationCommand> commands) {
        OperationId parentId = parent.state().operationId();
        List<OperationId> ids = new ArrayList<>();
        Map<OperationId, Boolean> own = new LinkedHashMap<>();
        for (OperationCommand command : commands) {
            OperationState child = accepted(parent, command);
            if (child.operationId().equals(parentId)) {
                throw new IllegalStateException(parentId + " cannot wait for itself");
            }
            ids.add(child.operationId());
            own.put(child.operationId(), parentId.equals(child.parentId()));
        }
        Map<OperationId, OperationState> states = children.link(parentId, own)
                .await().atMost(storeWait);
        return ids.stream().map(states::get).toList();
    }

    private OperationState accepted(StoredOperation parent, OperationCommand wanted) {
        int priority = wanted.priority() == 0 ? parent.state().priority() : wanted.priority();
        OperationCommand command = new OperationCommand(wanted.kind(), wanted.target(),
                wanted.version(), wanted.webspaceId(), wanted.params(), true, priority);
        Submission.Key key = new Submission.Key(
                "operation:" + parent.state().operationId(), "CHILD", wanted.target().label()
                        + '@' + wanted.target().node(), command.bodyDigest());
        Admission admission = operations.accept(new Submission(
                command, parent.state().initiator(), parent.correlationId(), Optional.of(key))
                .under(parent.state().operationId())).await().atMost(storeWait);
        if (admission instanceof Admission.Admitted admitted) {
            return admitted.operation();
        }
        if (admission instanceof Admission.Joined joined) {
            return joined.operation();
        }
        throw new HubException(HubErrorCode.TARGET_BUSY,
                wanted.target().label() + " cannot be waited for: " + admission);
    }

    /** Cancels what it has started; whether all of that has ended. */
    public boolean cancelled(StoredOperation parent) {
        List<StoredOperation> active = children.ownActive(parent.state().operationId())
                .await().atMost(storeWait);
        active.forEach(child -> cancel(
                child.state().operationId(), parent.state().initiator()));
        return active.isEmpty();
    }

    /** Cancels what goes on although nobody needs it any more. */
    public void cancelOrphans() {
        children.orphans(ORPHANS_MAX).await().atMost(storeWait)
                .forEach(id -> cancel(id, ITSELF));
    }

    private void cancel(OperationId id, Initiator by) {
        operations.apply(Change.of(id, new OperationEvent.CancelRequested(by)))
                .await().atMost(storeWait);
    }
}
