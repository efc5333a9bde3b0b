package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.await;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.install.confirm.RulesConfirmation;
import io.adaos.hub.operations.install.kind.InstallArtifactHandler;
import io.adaos.hub.operations.testing.OperationsBench;
import io.adaos.hub.operations.testing.ShelfRegistry;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.archive.ContentDigest;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.adaos.hub.runtime.workspace.WorkspaceFiles;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Everything an installation works with, and what a test asks afterwards. */
final class InstallBench implements AutoCloseable {

    private static final Duration CONFIRM_WAIT = Duration.ofMillis(300);

    final OperationsBench operations = new OperationsBench();
    final ShelfRegistry registry = new ShelfRegistry();
    final PgInstalledStore installed =
            new PgInstalledStore(operations.transactions, operations.outbox);
    final List<InstalledArtifact> missing = new CopyOnWriteArrayList<>();
    final Path workspace;
    volatile boolean loadsRules = true;

    InstallBench(Path workspace) {
        this.workspace = workspace;
    }

    /** A handler as a process makes it at its start. */
    InstallArtifactHandler handler(ArtifactKind kind) {
        NodeWorkspace local = new LocalWorkspace(NodeId.HUB,
                new WorkspaceFiles(workspace, ArchiveLimits.of(1 << 20, 1 << 20, 100)),
                registry, installed, missing::add);
        return new InstallArtifactHandler(kind, new InstallArtifactHandler.Collaborators(
                registry, installed, node -> local, Clock.systemUTC(),
                new RulesConfirmation(this::loaded, CONFIRM_WAIT)),
                Duration.ofMinutes(1), Duration.ofSeconds(1));
    }

    /** A projection-service that loads at once whatever is recorded, or nothing. */
    private Uni<Optional<String>> loaded(ArtifactKind kind, String id) {
        return loadsRules ? installed.find(NodeId.HUB, kind, id)
                .map(found -> found.map(InstalledArtifact::version))
                : Uni.createFrom().item(Optional.empty());
    }

    /** The content a link leads to, after checking that it is whole. */
    Optional<String> linked(ArtifactKind kind, String name) {
        Path link = new ArtifactPlace(kind, name).link(workspace);
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            String digest = ContentDigest.ofDirectory(link.toRealPath());
            if (!link.toRealPath().getFileName().toString().equals(digest)) {
                throw new AssertionError("half installed: " + link.toRealPath());
            }
            return Optional.of(digest);
        } catch (IOException e) {
            throw new AssertionError("a link leads nowhere", e);
        }
    }

    Optional<InstalledArtifact> recorded(ArtifactKind kind, String id) {
        return await(installed.find(NodeId.HUB, kind, id));
    }

    List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(workspace.resolve(".store/.tmp"))) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        operations.close();
    }
}
