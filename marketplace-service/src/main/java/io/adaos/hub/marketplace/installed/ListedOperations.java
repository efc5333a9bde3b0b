package io.adaos.hub.marketplace.installed;

import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.OperationState;
import java.util.List;

/** What operations-service lists for the rows: what is on the nodes, and what has not ended. */
record ListedOperations(List<InstalledArtifact> installed, List<OperationState> active) {
    ListedOperations {
        installed = List.copyOf(installed);
        active = List.copyOf(active);
    }
}
