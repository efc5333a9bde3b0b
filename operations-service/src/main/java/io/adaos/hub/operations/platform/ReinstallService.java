package io.adaos.hub.operations.platform;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.install.LocalWorkspace;
import io.adaos.hub.operations.lifecycle.OperationManager;
import io.adaos.hub.operations.lifecycle.Submission;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Installs again what is recorded as installed and whose files are gone. */
@Singleton
final class ReinstallService implements LocalWorkspace.MissingFiles {

    private static final Logger LOG = Logger.getLogger(ReinstallService.class);

    private final Instance<OperationManager> operations;

    /** The manager is looked up late: it is made from the handlers that call this. */
    ReinstallService(Instance<OperationManager> operations) {
        this.operations = operations;
    }

    @Override
    public void found(InstalledArtifact artifact) {
        OperationCommand command = new OperationCommand(
                new OperationKind(artifact.kind().wire() + ".install"),
                new TargetRef(artifact.kind().wire(), artifact.id(), artifact.nodeId()),
                artifact.version(), WebspaceId.DESKTOP, Map.of(), false, 0);
        String correlationId = UUID.randomUUID().toString();
        LOG.warnf("event=reinstall kind=%s id=%s version=%s correlation_id=%s",
                artifact.kind().wire(), artifact.id(), artifact.version(), correlationId);
        operations.get().accept(new Submission(command,
                        new Initiator("service", "operations"), correlationId, Optional.empty()))
                .subscribe().with(
                        admission -> LOG.debugf("event=reinstall_answer answer=%s", admission),
                        e -> LOG.errorf("event=reinstall_failed cause=%s", e.getMessage()));
    }
}
