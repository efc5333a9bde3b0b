package io.adaos.hub.operations.platform;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.install.kind.InstallArtifactHandler;
import io.adaos.hub.operations.install.kind.KindParts;
import io.adaos.hub.operations.install.kind.UninstallArtifactHandler;
import io.adaos.hub.operations.install.kind.UpdateArtifactHandler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the kinds that work on artifacts, each for skills and for scenarios. */
final class KindBeans {

    private final KindParts parts;

    KindBeans(KindParts parts) {
        this.parts = parts;
    }

    @Produces
    @Singleton
    OperationHandler skillInstall() {
        return new InstallArtifactHandler(ArtifactKind.SKILL, parts);
    }

    @Produces
    @Singleton
    OperationHandler scenarioInstall() {
        return new InstallArtifactHandler(ArtifactKind.SCENARIO, parts);
    }

    @Produces
    @Singleton
    OperationHandler skillUpdate() {
        return new UpdateArtifactHandler(ArtifactKind.SKILL, parts);
    }

    @Produces
    @Singleton
    OperationHandler scenarioUpdate() {
        return new UpdateArtifactHandler(ArtifactKind.SCENARIO, parts);
    }

    @Produces
    @Singleton
    OperationHandler skillUninstall() {
        return new UninstallArtifactHandler(ArtifactKind.SKILL, parts);
    }

    @Produces
    @Singleton
    OperationHandler scenarioUninstall() {
        return new UninstallArtifactHandler(ArtifactKind.SCENARIO, parts);
    }
}
