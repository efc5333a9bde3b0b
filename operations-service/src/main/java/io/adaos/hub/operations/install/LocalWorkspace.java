package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.execution.HandlerFailure;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.adaos.hub.runtime.workspace.WorkspaceFiles;
import io.adaos.hub.runtime.workspace.WorkspaceRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The workspace of the node this service runs on. */
public final class LocalWorkspace implements NodeWorkspace {

    private static final Duration STORE_WAIT = Duration.ofSeconds(15);

    private final NodeId node;
    private final WorkspaceFiles files;
    private final RegistryClient registry;
    private final InstalledStore installed;
    private final MissingFiles missingFiles;
    /** Guarded by itself; the handlers of one kind of artifact share this workspace. */
    private final Set<ArtifactKind> prepared = EnumSet.noneOf(ArtifactKind.class);

    /** Hears of artifacts that are recorded as installed and whose files are gone. */
    @FunctionalInterface
    public interface MissingFiles {
        void found(InstalledArtifact artifact);
    }

    /** The workspace of this node, below one folder. */
    public LocalWorkspace(NodeId node, WorkspaceFiles files, RegistryClient registry,
            InstalledStore installed, MissingFiles missingFiles) {
        this.node = node;
        this.files = files;
        this.registry = registry;
        this.installed = installed;
        this.missingFiles = missingFiles;
    }

    @Override
    public void prepare(ArtifactKind kind) {
        synchronized (prepared) {
            if (!prepared.contains(kind)) {
                guarded(() -> mend(kind));
                prepared.add(kind);
            }
        }
    }

    private void mend(ArtifactKind kind) throws IOException {
        files.prepare(kind);
        Map<ArtifactPlace, InstalledArtifact> records = new HashMap<>();
        Set<ArtifactPlace> missing = files.linkAll(kind, () -> {
            recorded(kind).forEach(artifact ->
                    records.put(new ArtifactPlace(kind, artifact.name()), artifact));
            Map<ArtifactPlace, String> digests = new HashMap<>();
            records.forEach((place, artifact) -> digests.put(place, artifact.contentDigest()));
            return digests;
        });
        missing.forEach(place -> missingFiles.found(records.get(place)));
    }

    @Override
    public void stage(OperationProgress progress, ArtifactPlace place, ArtifactVersion version) {
        String owner = progress.operation().state().operationId().value();
        guarded(() -> {
            files.deleteTemporary(owner);
            files.checkFree(place);
            if (!files.hasStored(place, version.contentDigest())) {
                bringIntoStore(progress, place, version);
            }
            files.deleteTemporary(owner);
        });
    }

    private void bringIntoStore(OperationProgress progress, ArtifactPlace place,
            ArtifactVersion version) throws IOException {
        step(progress, InstallSteps.FETCH,
                "Fetching " + version.name() + ' ' + version.version());
        Path archive = files.temporary(progress.operation().state().operationId().value());
        boolean complete = registry.fetch(version.digest(), archive,
                files.archiveBytesMax(), progress.token()::isStopped);
        if (!complete) {
            progress.token().check();
        }
        step(progress, InstallSteps.VERIFY, "Verifying the archive");
        WorkspaceFiles.verify(archive, version.digest());
        step(progress, InstallSteps.UNPACK, "Unpacking");
        files.unpack(archive, place, version.contentDigest());
    }

    @Override
    public void link(OperationProgress progress, ArtifactPlace place, Turn turn) {
        progress.token().check();
        guarded(() -> {
            WorkspaceFiles.Linked linked = files.link(place, () -> contentOf(place));
            switch (linked) {
                case AGREES -> { }
                case OCCUPIED -> throw WorkspaceFiles.occupied(place);
                case FILES_MISSING -> throw WorkspaceFiles.filesMissing(place);
            }
        });
    }

    @Override
    public void settle(OperationId operation, Set<ArtifactPlace> places) {
        guarded(() -> {
            files.deleteTemporary(operation.value());
            for (ArtifactPlace place : places) {
                files.link(place, () -> contentOf(place));
            }
        });
    }

    @Override
    public void collect(OperationProgress progress, ArtifactPlace place, Set<String> keep) {
        guarded(() -> files.collect(place, keep));
    }

    private Optional<String> contentOf(ArtifactPlace place) {
        return installed.withName(node, place.kind(), place.name())
                .await().atMost(STORE_WAIT).stream()
                .map(InstalledArtifact::contentDigest).findFirst();
    }

    private List<InstalledArtifact> recorded(ArtifactKind kind) {
        return installed.list(Optional.of(node)).await().atMost(STORE_WAIT).items().stream()
                .filter(artifact -> artifact.kind() == kind).toList();
    }

    /** Work on files. */
    @FunctionalInterface
    private interface FileWork {
        void run() throws IOException;
    }

    private static void guarded(FileWork work) {
        try {
            work.run();
        } catch (WorkspaceRefusal refusal) {
            throw new HandlerFailure(refusal.error());
        } catch (IOException e) {
            throw InstallFailures.workspace(e);
        }
    }

    private static void step(OperationProgress progress, InstallSteps step, String message) {
        progress.step(step, step.percent(), message);
    }
}
