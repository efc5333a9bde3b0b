package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.install.InstallFailures;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * Brings an installed artifact to its newest version, or to a wanted one: {@code skill.update} or
 * {@code scenario.update}. What is there already is left alone.
 */
public final class UpdateArtifactHandler implements OperationHandler {

    private final Bringing bringing;
    private final KindRules rules;

    public UpdateArtifactHandler(ArtifactKind kind, KindParts parts) {
        this.bringing = new Bringing(kind, parts);
        this.rules = bringing.rules("update");
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
        bringing.run(progress, UpdateArtifactHandler::isWanted);
    }

    /** The newest version may be below what somebody asked for before, such as a pre-release. */
    private static boolean isWanted(
            OperationProgress progress, ArtifactVersion offered, Optional<InstalledArtifact> now) {
        InstalledArtifact known = now.orElseThrow(
                () -> InstallFailures.notInstalled(progress.operation().command()));
        boolean same = known.version().equals(offered.version())
                && known.contentDigest().equals(offered.contentDigest());
        boolean asked = progress.operation().command().version() != null;
        return !same && (asked || !isOlder(offered.version(), known.version()));
    }

    private static boolean isOlder(String offered, String known) {
        Semver left = Semver.parse(offered);
        Semver right = Semver.parse(known);
        return left != null && right != null && left.compareTo(right) < 0;
    }

    @Override
    public void takeBack(StoredOperation operation) {
        bringing.takeBack(operation);
    }
}
