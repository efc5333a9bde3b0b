package io.adaos.hub.operations.install;

import static io.adaos.hub.operations.testing.OperationsBench.await;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.operations.install.confirm.RulesConfirmation;
import io.adaos.hub.operations.install.kind.InstallArtifactHandler;
import io.adaos.hub.operations.install.kind.KindParts;
import io.adaos.hub.operations.install.kind.UninstallArtifactHandler;
import io.adaos.hub.operations.install.kind.UpdateArtifactHandler;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything an installation works with, and what a test asks afterwards. */
final class InstallBench implements AutoCloseable {

    private static final Duration LEASE = Duration.ofMillis(500);
    private static final Duration CONFIRM_WAIT = Duration.ofMillis(300);

    final OperationsBench operations = new OperationsBench();
    final ShelfRegistry registry = new ShelfRegistry();
    final PgInstalledStore installed =
            new PgInstalledStore(operations.transactions, operations.outbox);
    final List<InstalledArtifact> missing = new CopyOnWriteArrayList<>();
    final Path workspace;
    volatile boolean loadsRules = true;
    /** What projection-service has while it does not load. */
    volatile Optional<String> heldRules = Optional.empty();

    InstallBench(Path workspace) {
        this.workspace = workspace;
    }

    /** Installs, as a process makes it at its start. */
    OperationHandler handler(ArtifactKind kind) {
        return new InstallArtifactHandler(kind, parts());
    }

    /** Updates, likewise. */
    OperationHandler updater(ArtifactKind kind) {
        return new UpdateArtifactHandler(kind, parts());
    }

    /** Uninstalls, likewise. */
    OperationHandler uninstaller(ArtifactKind kind) {
        return new UninstallArtifactHandler(kind, parts());
    }

    private KindParts parts() {
        NodeWorkspace local = new LocalWorkspace(NodeId.HUB,
                new WorkspaceFiles(workspace, ArchiveLimits.of(1 << 20, 1 << 20, 100)),
                registry, installed, missing::add);
        return new KindParts(registry, installed, node -> local, Clock.systemUTC(),
                new RulesConfirmation(this::loaded, CONFIRM_WAIT),
                Duration.ofMinutes(1), Duration.ofSeconds(1));
    }

    /** A projection-service that loads at once whatever is recorded, or holds on to something. */
    private Uni<Optional<String>> loaded(ArtifactKind kind, String id) {
        return loadsRules ? installed.find(NodeId.HUB, kind, id)
                .map(found -> found.map(InstalledArtifact::version))
                : Uni.createFrom().item(heldRules);
    }

    /** Runs one operation by a process of its own, which takes over what is not at work. */
    OperationState run(OperationHandler handler, OperationCommand command) {
        OperationId id = operations.admitted(command);
        OperationRunner runner = operations.runner(List.of(handler), LEASE);
        runner.start();
        OperationState ended = operations.ended(id);
        runner.stop();
        return ended;
    }

    /** Installs a new version of a skill that requires nothing. */
    ArtifactVersion install(String name, String version) {
        ArtifactVersion published = registry.publish(ArtifactKind.SKILL, name, version);
        OperationState ended = run(handler(ArtifactKind.SKILL),
                OperationsBench.command("skill.install", name, null, false));
        if (ended.status() != OperationStatus.SUCCEEDED) {
            throw new AssertionError("not installed: " + ended);
        }
        return published;
    }

    OperationCommand uninstall(String name, Map<String, Object> params) {
        return new OperationCommand(new OperationKind("skill.uninstall"),
                new TargetRef("skill", name, NodeId.HUB), null, WebspaceId.DESKTOP, params,
                false, 0);
    }

    /** The digests of all contents that the store has of an artifact. */
    Set<String> stored(ArtifactKind kind, String name) throws IOException {
        Path contents = workspace.resolve(".store").resolve(kind.wire()).resolve(name);
        if (!Files.exists(contents)) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(contents)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toSet());
        }
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
