package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.OperationInput;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.InputRequest;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.NodeWorkspace;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.ParamRules;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.workspace.ArtifactPlace;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes an artifact off a node: {@code skill.uninstall} or {@code scenario.uninstall}. */
public final class UninstallArtifactHandler implements OperationHandler {
    /*
     * Notes on repeating a run.
     *
     * What is removed is kept in the checkpoint before anything happens. Then the record goes,
     * with the fact from which projection-service takes the rules away; from there on there is no
     * way back, and what follows only makes the rest agree with the record, as often as it takes:
     * the link, the rules, the files.
     */

    /** A person needs longer than files do. */
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(15);
    private static final String REMOVED = "removed";
    private static final String FORCE = "force";
    private static final String UNINSTALL = "uninstall";
    private static final String KEEP = "keep";

    private final ArtifactKind kind;
    private final KindParts parts;
    private final Records records;
    private final Requirements requirements;
    private final Orphans orphans;
    private final KindRules rules;

    public UninstallArtifactHandler(ArtifactKind kind, KindParts parts) {
        this.kind = kind;
        this.parts = parts;
        this.records = new Records(parts);
        this.requirements = new Requirements(records);
        this.orphans = new Orphans(kind, records, parts.workspaces());
        this.rules = new KindRules(new OperationKind(kind.wire() + ".uninstall"), kind.wire(),
                ParamRules.of(ParamRules.flag(FORCE)), parts.deadline().plus(ANSWER_WITHIN),
                command -> Uni.createFrom().item(TargetCheck.Presence.KNOWN),
                OperationProgress.Step.plan(UninstallSteps.values()));
    }

    @Override
    public KindRules rules() {
        return rules;
    }

    @Override
    public void prepare() {
        orphans.takeBack();
        parts.workspaces().of(NodeId.HUB).prepare(kind);
    }

    @Override
    public void run(OperationProgress progress) {
        Optional<InstalledArtifact> decided = removed(progress.operation());
        decided.or(() -> decide(progress)).ifPresent(artifact -> remove(progress, artifact));
    }

    /** Empty when nothing is to be done and the operation has ended with that. */
    private Optional<InstalledArtifact> decide(OperationProgress progress) {
        OperationCommand command = progress.operation().command();
        progress.step(UninstallSteps.CHECK, UninstallSteps.CHECK.percent(),
                "Looking who uses " + command.target().id());
        Optional<InstalledArtifact> now = orphans.confirmed(progress.operation());
        if (now.isEmpty()) {
            endUnchanged(progress, command.target().id() + " is not installed");
            return now;
        }
        InstalledArtifact artifact = now.get();
        List<String> scenarios = kind == ArtifactKind.SKILL
                ? requirements.scenariosWith(artifact) : List.of();
        boolean asks = !scenarios.isEmpty() && !Boolean.TRUE.equals(command.params().get(FORCE));
        if (asks && !mayGo(progress, artifact, scenarios)) {
            endUnchanged(progress, "Kept " + artifact.name() + ", which "
                    + String.join(", ", scenarios) + " requires");
            return Optional.empty();
        }
        progress.decide(UninstallSteps.CHECK, "Uninstalling " + label(artifact),
                Map.of(REMOVED, HubJson.mapper().convertValue(artifact, Map.class)));
        return now;
    }

    private static boolean mayGo(
            OperationProgress progress, InstalledArtifact artifact, List<String> scenarios) {
        Map<String, Object> answer = progress.input(new InputRequest("required",
                label(artifact) + " is required by " + String.join(", ", scenarios)
                        + ". Uninstall it all the same?",
                List.of(new OperationInput.Choice(UNINSTALL, "Uninstall"),
                        new OperationInput.Choice(KEEP, "Keep")), ANSWER_WITHIN, KEEP));
        return UNINSTALL.equals(answer.get("value"));
    }

    private void remove(OperationProgress progress, InstalledArtifact artifact) {
        NodeWorkspace workspace = parts.workspaces().of(artifact.nodeId());
        ArtifactPlace place = new ArtifactPlace(kind, artifact.name());
        progress.record(UninstallSteps.REMOVE, "Removing " + label(artifact),
                parts.installed().removing(artifact));
        workspace.link(progress, place, NodeWorkspace.Turn.REMOVE);
        progress.step(UninstallSteps.WITHDRAW, UninstallSteps.WITHDRAW.percent(),
                "Waiting until the rules of " + artifact.name() + " are withdrawn");
        Optional<String> remaining = awaitWithdrawal(progress, artifact);
        progress.step(UninstallSteps.DELETE, UninstallSteps.DELETE.percent(),
                "Deleting the files of " + artifact.name());
        workspace.collect(progress, place, Set.of());
        Map<String, Object> result = result(artifact.id(), false);
        result.put("name", artifact.name());
        result.put("version", artifact.version());
        result.put("rules_withdrawn", remaining.isEmpty());
        progress.succeed("Uninstalled " + label(artifact)
                + remaining.map(why -> "; its rules will be withdrawn: " + why).orElse(""),
                result, PgOutcomeStep.NONE);
    }

    /** What another node still has keeps its rules. */
    private Optional<String> awaitWithdrawal(
            OperationProgress progress, InstalledArtifact artifact) {
        boolean elsewhere = records.list(Optional.empty()).stream()
                .anyMatch(other -> other.kind() == kind && other.id().equals(artifact.id()));
        return elsewhere ? Optional.empty()
                : parts.confirmation().awaitGone(artifact, progress.token());
    }

    @Override
    public void takeBack(StoredOperation operation) {
        TargetRef target = operation.command().target();
        Set<ArtifactPlace> places = removed(operation)
                .or(() -> records.find(target.node(), kind, target.id()))
                .map(artifact -> Set.of(new ArtifactPlace(kind, artifact.name())))
                .orElse(Set.of());
        parts.workspaces().of(target.node()).settle(operation.state().operationId(), places);
    }

    private void endUnchanged(OperationProgress progress, String message) {
        progress.succeed(message,
                result(progress.operation().command().target().id(), true), PgOutcomeStep.NONE);
    }

    private Map<String, Object> result(String id, boolean unchanged) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("kind", kind.wire());
        result.put("id", id);
        result.put("unchanged", unchanged);
        return result;
    }

    private static Optional<InstalledArtifact> removed(StoredOperation operation) {
        return Optional.ofNullable(operation.checkpoint().get(REMOVED)).map(stored ->
                HubJson.mapper().convertValue(stored, InstalledArtifact.class));
    }

    private static String label(InstalledArtifact artifact) {
        return artifact.name() + ' ' + artifact.version();
    }
}
