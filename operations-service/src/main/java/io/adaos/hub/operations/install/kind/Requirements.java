package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.install.ArtifactVersion;
import io.adaos.hub.operations.install.InstallFailures;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.lifecycle.machine.TargetRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The skills that scenarios cannot do without. */
final class Requirements {

    private final Records records;

    Requirements(Records records) {
        this.records = records;
    }

    /** A required skill under its id, and whether it is on the node. */
    record Required(String id, boolean isInstalled) {
    }

    /**
     * What a version requires; a manifest may name a skill by its id or by its directory.
     *
     * @throws io.adaos.hub.operations.execution.HandlerFailure neither the node nor the registry
     *     has one of them
     */
    List<Required> of(ArtifactVersion version, NodeId node) {
        return version.required().stream().map(name -> required(name, node)).toList();
    }

    private Required required(String name, NodeId node) {
        Optional<InstalledArtifact> known = records.find(node, ArtifactKind.SKILL, name)
                .or(() -> records.withName(node, ArtifactKind.SKILL, name).stream().findFirst());
        return known.map(skill -> new Required(skill.id(), true)).orElseGet(() -> {
            ArtifactVersion offered =
                    records.offered(ArtifactKind.SKILL, name, Optional.empty())
                            .orElseThrow(() -> InstallFailures.requirementUnknown(name));
            String id = offered.id() == null ? name : offered.id();
            return new Required(id,
                    records.find(node, ArtifactKind.SKILL, id).isPresent());
        });
    }

    /**
     * Has these skills installed by operations of their own and waits for them.
     *
     * @throws io.adaos.hub.operations.execution.HandlerFailure one of them could not be installed
     */
    static List<OperationState> bring(OperationProgress progress, List<String> skills) {
        OperationCommand parent = progress.operation().command();
        List<OperationState> ended = progress.children(skills.stream()
                .map(skill -> new OperationCommand(new OperationKind("skill.install"),
                        new TargetRef("skill", skill, parent.target().node()), null,
                        parent.webspaceId(), Map.of(), true, parent.priority()))
                .toList());
        ended.stream().filter(child -> child.status() != OperationStatus.SUCCEEDED).findFirst()
                .ifPresent(child -> {
                    throw InstallFailures.requirementFailed(child);
                });
        return ended;
    }

    /** The installed scenarios that require a skill. */
    List<String> scenariosWith(InstalledArtifact skill) {
        return records.list(Optional.of(skill.nodeId())).stream()
                .filter(artifact -> artifact.requires().contains(skill.id()))
                .map(InstalledArtifact::id)
                .toList();
    }
}
