package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledStatus;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.install.InstallFailures;
import io.adaos.hub.operations.install.InstallSteps;
import io.adaos.hub.operations.install.InstalledStore;
import io.adaos.hub.operations.install.NodeWorkspace;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.ParamRules;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings a version of an artifact onto a node: what installing and updating have in common. */
final class Bringing {
    /*
     * Notes on repeating a run.
     *
     * Which version is brought, and what it lacks, is decided once, by the resolve step, and kept
     * in the checkpoint, so a run that is taken up again brings the same files even when a newer
     * version was published meanwhile. Until something is recorded a run leaves nothing but
     * temporary files and folders of the store that nobody uses. Then the record says activating,
     * with the record before it kept beside, and the link is made to agree; from there on the
     * operation cannot be cancelled, and a run that ends early is taken up again. When the
     * projection rules of that version are confirmed, operation and record end together. When they
     * are not, the record goes back, and the checkpoint says so with it; then the link, and the
     * operation fails. When the operation ends otherwise, record and link go back, too. A worker
     * that lost its lease changes neither: every word of a record carries the lease's token,
     * except after the operation has ended, and a link is only ever made to agree with the record.
     */


    private final ArtifactKind kind;
    private final KindParts parts;
    private final InstalledStore installed;
    private final Records records;
    private final Requirements requirements;
    private final Orphans orphans;

    Bringing(ArtifactKind kind, KindParts parts) {
        this.kind = kind;
        this.parts = parts;
        this.installed = parts.installed();
        this.records = new Records(parts);
        this.requirements = new Requirements(records);
        this.orphans = new Orphans(kind, records, parts.workspaces());
    }

    /** Says whether the version on offer is to be brought; otherwise everything stays. */
    @FunctionalInterface
    interface Wish {
        boolean isFor(OperationProgress progress, ArtifactVersion offered,
                Optional<InstalledArtifact> now);
    }

    KindRules rules(String verb) {
        boolean requires = kind == ArtifactKind.SCENARIO;
        InstallSteps[] steps = Arrays.stream(InstallSteps.values())
                .filter(step -> requires || step != InstallSteps.REQUIRE)
                .toArray(InstallSteps[]::new);
        // what it requires has its own deadline, and its own comes after that
        return new KindRules(new OperationKind(kind.wire() + '.' + verb), kind.wire(),
                ParamRules.NONE, parts.deadline().multipliedBy(requires ? 2 : 1),
                new RegistryTargetCheck(kind, parts.registry(), parts.presenceWait()),
                OperationProgress.Step.plan(steps));
    }

    void prepare() {
        orphans.takeBack();
        parts.workspaces().of(NodeId.HUB).prepare(kind);
    }

    void run(OperationProgress progress, Wish wish) {
        Optional<BringPlan> decided =
                BringPlan.ofCheckpoint(progress.operation().checkpoint());
        if (decided.isPresent() && decided.get().notConfirmed().isPresent()) {
            endNotConfirmed(progress, decided.get());
        }
        step(progress, InstallSteps.PREPARE, "Preparing");
        decided.or(() -> decide(progress, wish)).ifPresent(plan -> bring(progress, plan));
    }

    /** Empty when nothing is to be done and the operation has ended with that. */
    private Optional<BringPlan> decide(OperationProgress progress, Wish wish) {
        OperationCommand command = progress.operation().command();
        step(progress, InstallSteps.RESOLVE, "Looking up " + command.target().id());
        ArtifactVersion offered = records.offered(
                        kind, command.target().id(), Optional.ofNullable(command.version()))
                .orElseThrow(() -> InstallFailures.notFound(command));
        offered.fault().ifPresent(fault -> {
            throw InstallFailures.badAnswer(fault);
        });
        Optional<InstalledArtifact> now = orphans.confirmed(progress.operation());
        if (!wish.isFor(progress, offered, now)) {
            InstalledArtifact known = now.orElseThrow();
            Map<String, Object> result = result(known.id(), known.name(), known.version(),
                    known.contentDigest());
            result.put("unchanged", true);
            progress.succeed(known.name() + ' ' + known.version() + " is up to date", result,
                    PgOutcomeStep.NONE);
            return Optional.empty();
        }
        List<Requirements.Required> required =
                requirements.of(offered, command.target().node());
        BringPlan plan = new BringPlan(offered,
                required.stream().map(Requirements.Required::id).toList(),
                required.stream().filter(skill -> !skill.isInstalled())
                        .map(Requirements.Required::id).toList(),
                now.map(BringPlan.Before::of), Optional.empty());
        progress.decide(InstallSteps.RESOLVE, "Found " + plan.label(), plan.checkpoint());
        return Optional.of(plan);
    }

    private void bring(OperationProgress progress, BringPlan plan) {
        List<OperationState> children = List.of();
        if (!plan.missing().isEmpty()) {
            step(progress, InstallSteps.REQUIRE,
                    "Installing " + String.join(", ", plan.missing()));
            children = Requirements.bring(progress, plan.missing());
        }
        NodeWorkspace workspace = workspaceOf(progress.operation());
        workspace.stage(progress, place(plan.version().name()), plan.version());
        refuseTakenName(progress.operation(), plan.version().name());
        InstalledArtifact activating =
                artifact(progress.operation(), plan, InstalledStatus.ACTIVATING);
        progress.record(InstallSteps.ACTIVATE, "Switching to " + plan.label(),
                plan.checkpoint(), installed.activating(activating));
        for (ArtifactPlace place : places(plan)) {
            workspace.link(progress, place, NodeWorkspace.Turn.ACTIVATE);
        }
        step(progress, InstallSteps.RECORD, "Waiting for the rules of " + plan.label());
        Optional<String> missing = confirm(progress, activating);
        if (missing.isPresent()) {
            BringPlan back = plan.takenBack(missing.get());
            progress.record(InstallSteps.RECORD, "Taking " + plan.label() + " back",
                    back.checkpoint(), installed.takingBack(activating));
            endNotConfirmed(progress, back);
        }
        collect(progress, plan);
        progress.succeed("Installed " + plan.label(), result(progress, plan, children),
                installed.recording(
                        artifact(progress.operation(), plan, InstalledStatus.INSTALLED)));
    }

    /** Where a node's version differs from the hub's, the rules of the hub's count. */
    private Optional<String> confirm(OperationProgress progress, InstalledArtifact activating) {
        boolean counts = activating.nodeId().equals(NodeId.HUB)
                || records.find(NodeId.HUB, kind, activating.id()).isEmpty();
        return counts ? parts.confirmation().await(activating, progress.token())
                : Optional.empty();
    }

    /** The record is back already. */
    private void endNotConfirmed(OperationProgress progress, BringPlan plan) {
        for (ArtifactPlace place : places(plan)) {
            workspaceOf(progress.operation())
                    .link(progress, place, NodeWorkspace.Turn.TAKE_BACK);
        }
        throw InstallFailures.rulesNotConfirmed(plan.label(),
                plan.notConfirmed().orElseThrow(), plan.before().map(BringPlan.Before::version));
    }

    /** Kept are the version in use and the one before, to which one can go back. */
    private void collect(OperationProgress progress, BringPlan plan) {
        Set<String> keep = new HashSet<>(Set.of(plan.version().contentDigest()));
        plan.before().ifPresent(before -> keep.add(before.contentDigest()));
        for (ArtifactPlace place : places(plan)) {
            workspaceOf(progress.operation()).collect(progress, place, keep);
        }
    }

    void takeBack(StoredOperation operation) {
        Set<ArtifactPlace> places = placesOf(operation);
        orphans.takeBack(operation);
        places.addAll(placesOf(operation));
        workspaceOf(operation).settle(operation.state().operationId(), places);
    }

    private void refuseTakenName(StoredOperation operation, String name) {
        records.withName(operation.command().target().node(), kind, name).stream()
                .filter(other -> !other.id().equals(operation.command().target().id()))
                .findFirst()
                .ifPresent(other -> {
                    throw InstallFailures.nameTaken(name, other.id());
                });
    }

    private InstalledArtifact artifact(
            StoredOperation operation, BringPlan plan, InstalledStatus status) {
        return new InstalledArtifact(kind, operation.command().target().id(),
                plan.version().name(), plan.version().version(),
                operation.command().target().node(), status, plan.version().contentDigest(),
                parts.clock().instant().truncatedTo(ChronoUnit.MILLIS), 1,
                operation.state().operationId(), plan.requires());
    }

    private Map<String, Object> result(
            OperationProgress progress, BringPlan plan, List<OperationState> children) {
        ArtifactVersion version = plan.version();
        Map<String, Object> result = result(progress.operation().command().target().id(),
                version.name(), version.version(), version.contentDigest());
        plan.before().ifPresent(before -> result.put("previous_version", before.version()));
        if (!children.isEmpty()) {
            result.put("requirements", children.stream().map(child -> Map.of(
                    "id", child.targetId(),
                    "operation_id", child.operationId().value())).toList());
        }
        return result;
    }

    private Map<String, Object> result(
            String id, String name, String version, String contentDigest) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("kind", kind.wire());
        result.put("id", id);
        result.put("name", name);
        result.put("version", version);
        result.put("content_digest", contentDigest);
        result.put("path", kind.plural() + '/' + name);
        return result;
    }

    /** The new name, and the old one when a version changes it. */
    private Set<ArtifactPlace> places(BringPlan plan) {
        Set<ArtifactPlace> places = new LinkedHashSet<>();
        places.add(place(plan.version().name()));
        plan.before().ifPresent(before -> places.add(place(before.name())));
        return places;
    }

    /** The names under which a run of this operation may switch a link, as is known now. */
    private Set<ArtifactPlace> placesOf(StoredOperation operation) {
        Set<ArtifactPlace> places = new LinkedHashSet<>();
        BringPlan.ofCheckpoint(operation.checkpoint())
                .ifPresent(plan -> places.addAll(places(plan)));
        records.find(operation.command().target().node(), kind,
                        operation.command().target().id())
                .ifPresent(known -> places.add(place(known.name())));
        return places;
    }

    private ArtifactPlace place(String name) {
        return new ArtifactPlace(kind, name);
    }

    private NodeWorkspace workspaceOf(StoredOperation operation) {
        return parts.workspaces().of(operation.command().target().node());
    }

    private static void step(OperationProgress progress, InstallSteps step, String message) {
        progress.step(step, step.percent(), message);
    }
}
