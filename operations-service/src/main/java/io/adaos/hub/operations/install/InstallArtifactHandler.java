package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.confirm.RulesConfirmation;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Installs artifacts of one kind: {@code skill.install} or {@code scenario.install}. */
public final class InstallArtifactHandler implements OperationHandler {
    /*
     * Notes on repeating a run.
     *
     * Which version is installed is decided once, by the resolve step, and kept in the checkpoint,
     * so a run that is taken up again installs the same files even when a newer version was
     * published meanwhile. Until the link is switched a run leaves nothing but temporary files and
     * folders of the store that nobody uses. The switch is recorded as activating, with the record
     * before it kept beside; from there on the operation cannot be cancelled, and a run that ends
     * early is taken up again. When the projection rules of that version are confirmed, operation
     * and record end together. When they are not, or the operation ends otherwise, the record goes
     * back, and the link to what is recorded. A worker that lost its lease changes neither: every
     * word of a record carries the lease's token, except after the operation has ended.
     */

    private static final Duration STORE_WAIT = Duration.ofSeconds(15);

    private final ArtifactKind kind;
    private final KindRules rules;
    private final RegistryClient registry;
    private final InstalledStore installed;
    private final WorkspaceInstaller workspace;
    private final Clock clock;
    private final MissingFiles missingFiles;
    private final RulesConfirmation confirmation;

    /** What an installation works with. */
    public record Collaborators(RegistryClient registry, InstalledStore installed,
            WorkspaceInstaller workspace, Clock clock, MissingFiles missingFiles,
            RulesConfirmation confirmation) {
    }

    /** Hears of artifacts that are recorded as installed and whose files are gone. */
    @FunctionalInterface
    public interface MissingFiles {
        void found(InstalledArtifact artifact);
    }

    /**
     * @param deadline of one installation
     * @param presenceWait how long intake may wait for the registry
     */
    public InstallArtifactHandler(ArtifactKind kind, Collaborators with, Duration deadline,
            Duration presenceWait) {
        this.kind = kind;
        this.registry = with.registry();
        this.installed = with.installed();
        this.workspace = with.workspace();
        this.clock = with.clock();
        this.missingFiles = with.missingFiles();
        this.confirmation = with.confirmation();
        this.rules = new KindRules(new OperationKind(kind.wire() + ".install"), kind.wire(),
                Set.of(), deadline, new RegistryTargetCheck(kind, registry, presenceWait));
    }

    @Override
    public KindRules rules() {
        return rules;
    }

    @Override
    public void prepare() {
        try {
            workspace.prepare(kind);
            await(installed.orphans(kind)).forEach(orphan ->
                    await(installed.takeBack(orphan, orphan.operationId().value())));
            workspace.reconcileAll(kind, () -> await(installed.list(Optional.empty())).items())
                    .forEach(missingFiles::found);
        } catch (IOException e) {
            throw InstallFailures.workspace(e);
        }
    }

    @Override
    public void run(OperationProgress progress) {
        String owner = progress.operation().state().operationId().value();
        try {
            workspace.deleteTemporary(owner);
            step(progress, InstallSteps.PREPARE, "Preparing");
            ArtifactVersion version = resolve(progress);
            ArtifactPlace place = new ArtifactPlace(kind, version.name());
            if (!workspace.hasStored(place, version.contentDigest())) {
                bringIntoStore(progress, place, version);
            }
            workspace.deleteTemporary(owner);
            activate(progress, place, version);
        } catch (IOException e) {
            throw InstallFailures.workspace(e);
        }
    }

    @Override
    public void takeBack(StoredOperation operation) {
        try {
            workspace.deleteTemporary(operation.state().operationId().value());
            for (ArtifactPlace place : placesOf(operation)) {
                workspace.reconcile(place, () -> {
                    takeRecordBack(operation);
                    return recorded(operation, place);
                });
            }
        } catch (IOException e) {
            throw InstallFailures.workspace(e);
        }
    }

    private ArtifactVersion resolve(OperationProgress progress) {
        Optional<ArtifactVersion> decided =
                ArtifactVersion.ofCheckpoint(progress.operation().checkpoint());
        if (decided.isPresent()) {
            return decided.get();
        }
        OperationCommand command = progress.operation().command();
        step(progress, InstallSteps.RESOLVE, "Looking up " + command.target().id());
        ArtifactVersion version = await(registry.find(
                        kind, command.target().id(), Optional.ofNullable(command.version())))
                .orElseThrow(() -> InstallFailures.notFound(command));
        version.fault().ifPresent(fault -> {
            throw InstallFailures.badAnswer(fault);
        });
        progress.decide(InstallSteps.RESOLVE,
                "Found " + version.name() + ' ' + version.version(), version.checkpoint());
        return version;
    }

    private void bringIntoStore(OperationProgress progress, ArtifactPlace place,
            ArtifactVersion version) throws IOException {
        step(progress, InstallSteps.FETCH,
                "Fetching " + version.name() + ' ' + version.version());
        Path archive = workspace.temporary(progress.operation().state().operationId().value());
        boolean complete = registry.fetch(version.digest(), archive,
                workspace.archiveBytesMax(), progress.token()::isStopped);
        if (!complete) {
            progress.token().check();
        }
        step(progress, InstallSteps.VERIFY, "Verifying the archive");
        WorkspaceInstaller.verify(archive, version);
        step(progress, InstallSteps.UNPACK, "Unpacking");
        workspace.unpack(archive, place, version);
    }

    private void activate(OperationProgress progress, ArtifactPlace place,
            ArtifactVersion version) throws IOException {
        StoredOperation operation = progress.operation();
        refuseTakenName(operation, place);
        step(progress, InstallSteps.ACTIVATE, "Activating");
        InstalledArtifact activating = artifact(operation, version, InstalledStatus.ACTIVATING);
        workspace.activate(place, version.contentDigest(), () ->
                progress.record(InstallSteps.RECORD, "Waiting for the rules of " + version.name()
                        + ' ' + version.version(), installed.activating(activating)));
        Optional<String> missing = confirmation.await(activating, progress.token());
        if (missing.isPresent()) {
            workspace.reconcile(place, () -> {
                progress.record(InstallSteps.RECORD, "Taking " + version.name() + " back",
                        installed.takingBack(activating));
                return recorded(operation, place);
            });
            throw InstallFailures.rulesNotConfirmed(
                    version.name() + ' ' + version.version(), missing.get());
        }
        progress.succeed("Installed " + version.name() + ' ' + version.version(),
                result(operation, version), installed.recording(
                        artifact(operation, version, InstalledStatus.INSTALLED)));
    }

    private void takeRecordBack(StoredOperation operation) {
        await(installed.find(operation.command().target().node(), kind,
                        operation.command().target().id()))
                .filter(known -> known.status() == InstalledStatus.ACTIVATING
                        && operation.state().operationId().equals(known.operationId()))
                .ifPresent(known -> await(installed.takeBack(known, operation.correlationId())));
    }

    private void refuseTakenName(StoredOperation operation, ArtifactPlace place) {
        recorded(operation, place).stream()
                .filter(other -> !other.id().equals(operation.command().target().id()))
                .findFirst()
                .ifPresent(other -> {
                    throw InstallFailures.nameTaken(place.name(), other.id());
                });
    }

    private List<InstalledArtifact> recorded(StoredOperation operation, ArtifactPlace place) {
        return await(installed.withName(
                operation.command().target().node(), kind, place.name()));
    }

    private InstalledArtifact artifact(
            StoredOperation operation, ArtifactVersion version, InstalledStatus status) {
        return new InstalledArtifact(kind, operation.command().target().id(), version.name(),
                version.version(), operation.command().target().node(),
                status, version.contentDigest(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS), 1,
                operation.state().operationId());
    }

    private Map<String, Object> result(StoredOperation operation, ArtifactVersion version) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("kind", kind.wire());
        result.put("id", operation.command().target().id());
        result.put("name", version.name());
        result.put("version", version.version());
        result.put("content_digest", version.contentDigest());
        result.put("path", kind.plural() + '/' + version.name());
        return result;
    }

    /** The names under which a run of this operation may have switched a link. */
    private Set<ArtifactPlace> placesOf(StoredOperation operation) {
        Set<ArtifactPlace> places = new LinkedHashSet<>();
        ArtifactVersion.ofCheckpoint(operation.checkpoint())
                .ifPresent(version -> places.add(new ArtifactPlace(kind, version.name())));
        await(installed.find(operation.command().target().node(), kind,
                        operation.command().target().id()))
                .ifPresent(known -> places.add(new ArtifactPlace(kind, known.name())));
        return places;
    }

    private static void step(OperationProgress progress, InstallSteps step, String message) {
        progress.step(step, step.percent(), message);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(STORE_WAIT);
    }
}
