package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.operations.install.NodeWorkspaces;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import java.util.Optional;
import java.util.Set;

/** Takes back what operations that have ended left as activating. */
final class Orphans {

    private final ArtifactKind kind;
    private final Records records;
    private final NodeWorkspaces workspaces;

    Orphans(ArtifactKind kind, Records records, NodeWorkspaces workspaces) {
        this.kind = kind;
        this.records = records;
        this.workspaces = workspaces;
    }

    /** All of them; links of the hub itself are mended by its workspace. */
    void takeBack() {
        for (InstalledArtifact orphan : records.orphans(kind)) {
            OperationId operation = orphan.operationId();
            records.takeBack(orphan, operation.value());
            if (!orphan.nodeId().equals(NodeId.HUB)) {
                workspaces.of(orphan.nodeId())
                        .settle(operation, Set.of(new ArtifactPlace(kind, orphan.name())));
            }
        }
    }

    /** What this operation, which ends, has recorded as activating. */
    void takeBack(StoredOperation operation) {
        find(operation.command().target())
                .filter(known -> known.status() == InstalledStatus.ACTIVATING
                        && operation.state().operationId().equals(known.operationId()))
                .ifPresent(known -> records.takeBack(known, operation.correlationId()));
    }

    /**
     * What is in use under the target of an operation that has recorded nothing yet. No other
     * operation has the target, so what is activating there was left by one that has ended.
     */
    Optional<InstalledArtifact> confirmed(StoredOperation operation) {
        Optional<InstalledArtifact> now = find(operation.command().target());
        if (now.isEmpty() || now.get().status() == InstalledStatus.INSTALLED) {
            return now;
        }
        records.takeBack(now.get(), operation.correlationId());
        return find(operation.command().target());
    }

    private Optional<InstalledArtifact> find(TargetRef target) {
        return records.find(target.node(), kind, target.id());
    }
}
