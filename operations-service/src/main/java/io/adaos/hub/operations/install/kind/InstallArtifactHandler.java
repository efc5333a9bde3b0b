package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import java.util.Optional;

/** Installs artifacts of one kind: {@code skill.install} or {@code scenario.install}. */
public final class InstallArtifactHandler implements OperationHandler {

    private final Bringing bringing;
    private final KindRules rules;

    public InstallArtifactHandler(ArtifactKind kind, KindParts parts) {
        this.bringing = new Bringing(kind, parts);
        this.rules = bringing.rules("install");
    }

    @Override
    public KindRules rules() {
        return rules;
    }

    @Override
    public void prepare() {
        bringing.prepare();
    }

    @Override
    public void run(OperationProgress progress) {
        bringing.run(progress, InstallArtifactHandler::isWanted);
    }

    /** What is there already is brought again: files may have been damaged. */
    private static boolean isWanted(
            OperationProgress progress, ArtifactVersion offered, Optional<InstalledArtifact> now) {
        return true;
    }

    @Override
    public void takeBack(StoredOperation operation) {
        bringing.takeBack(operation);
    }
}
