package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.install.InstallFailures;
import io.adaos.hub.operations.install.InstallSteps;
import io.adaos.hub.operations.install.InstalledStore;
import io.adaos.hub.operations.install.NodeWorkspace;
import io.adaos.hub.operations.install.NodeWorkspaces;
import io.adaos.hub.operations.install.RegistryClient;
import io.adaos.hub.operations.install.confirm.RulesConfirmation;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
     * published meanwhile. Until something is recorded a run leaves nothing but temporary files
     * and folders of the store that nobody uses. Then the record says activating, with the record
     * before it kept beside, and the link is made to agree; from there on the operation cannot be
     * cancelled, and a run that ends early is taken up again. When the projection rules of that
     * version are confirmed, operation and record end together. When they are not, the record goes
     * back, and the checkpoint says so with it; then the link, and the operation fails. When the
     * operation ends otherwise, record and link go back, too. A worker that lost its lease changes
     * neither: every word of a record carries the lease's token, except after the operation has
     * ended, and a link is only ever made to agree with the record.
     */

    private static final Duration STORE_WAIT = Duration.ofSeconds(15);
    private static final String NOT_CONFIRMED = "not_confirmed";

    private final ArtifactKind kind;
    private final KindRules rules;
    private final RegistryClient registry;
    private final InstalledStore installed;
    private final NodeWorkspaces workspaces;
    private final Clock clock;
    private final RulesConfirmation confirmation;

    /** What an installation works with. */
    public record Collaborators(RegistryClient registry, InstalledStore installed,
            NodeWorkspaces workspaces, Clock clock, RulesConfirmation confirmation) {
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
        this.workspaces = with.workspaces();
        this.clock = with.clock();
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
        for (InstalledArtifact orphan : await(installed.orphans(kind))) {
            OperationId operation = orphan.operationId();
            await(installed.takeBack(orphan, operation.value()));
            if (!orphan.nodeId().equals(NodeId.HUB)) {
                workspaces.of(orphan.nodeId())
                        .settle(operation, Set.of(new ArtifactPlace(kind, orphan.name())));
            }
        }
        workspaces.of(NodeId.HUB).prepare(kind);
    }

    @Override
    public void run(OperationProgress progress) {
        NodeWorkspace workspace = workspaces.of(progress.operation().command().target().node());
        Map<String, Object> checkpoint = progress.operation().checkpoint();
        if (checkpoint.containsKey(NOT_CONFIRMED)) {
            ArtifactVersion version = ArtifactVersion.ofCheckpoint(checkpoint).orElseThrow();
            endNotConfirmed(progress, version, (String) checkpoint.get(NOT_CONFIRMED));
        }
        step(progress, InstallSteps.PREPARE, "Preparing");
        ArtifactVersion version = resolve(progress);
        ArtifactPlace place = new ArtifactPlace(kind, version.name());
        workspace.stage(progress, place, version);
        activate(progress, place, version);
    }

    @Override
    public void takeBack(StoredOperation operation) {
        Set<ArtifactPlace> places = placesOf(operation);
        takeRecordBack(operation);
        places.addAll(placesOf(operation));
        workspaces.of(operation.command().target().node())
                .settle(operation.state().operationId(), places);
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

    private void activate(OperationProgress progress, ArtifactPlace place,
            ArtifactVersion version) {
        StoredOperation operation = progress.operation();
        refuseTakenName(operation, place);
        step(progress, InstallSteps.ACTIVATE, "Activating");
        InstalledArtifact activating = artifact(operation, version, InstalledStatus.ACTIVATING);
        progress.record(InstallSteps.ACTIVATE, "Switching to " + version.name() + ' '
                + version.version(), version.checkpoint(), installed.activating(activating));
        workspaces.of(operation.command().target().node())
                .link(progress, place, NodeWorkspace.Turn.ACTIVATE);
        step(progress, InstallSteps.RECORD, "Waiting for the rules of " + version.name()
                + ' ' + version.version());
        Optional<String> missing = confirmation.await(activating, progress.token());
        if (missing.isPresent()) {
            Map<String, Object> checkpoint = new LinkedHashMap<>(version.checkpoint());
            checkpoint.put(NOT_CONFIRMED, missing.get());
            progress.record(InstallSteps.RECORD, "Taking " + version.name() + " back",
                    checkpoint, installed.takingBack(activating));
            endNotConfirmed(progress, version, missing.get());
        }
        progress.succeed("Installed " + version.name() + ' ' + version.version(),
                result(operation, version), installed.recording(
                        artifact(operation, version, InstalledStatus.INSTALLED)));
    }

    /** The record is back already. */
    private void endNotConfirmed(
            OperationProgress progress, ArtifactVersion version, String why) {
        workspaces.of(progress.operation().command().target().node()).link(progress,
                new ArtifactPlace(kind, version.name()), NodeWorkspace.Turn.TAKE_BACK);
        throw InstallFailures.rulesNotConfirmed(version.name() + ' ' + version.version(), why);
    }

    private void takeRecordBack(StoredOperation operation) {
        await(installed.find(operation.command().target().node(), kind,
                        operation.command().target().id()))
                .filter(known -> known.status() == InstalledStatus.ACTIVATING
                        && operation.state().operationId().equals(known.operationId()))
                .ifPresent(known -> await(installed.takeBack(known, operation.correlationId())));
    }

    private void refuseTakenName(StoredOperation operation, ArtifactPlace place) {
        await(installed.withName(
                        operation.command().target().node(), kind, place.name())).stream()
                .filter(other -> !other.id().equals(operation.command().target().id()))
                .findFirst()
                .ifPresent(other -> {
                    throw InstallFailures.nameTaken(place.name(), other.id());
                });
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

    /** The names under which a run of this operation may switch a link, as is known now. */
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
