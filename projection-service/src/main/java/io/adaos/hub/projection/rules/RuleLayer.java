package io.adaos.hub.projection.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.ProjectionRule;
import java.util.List;
import java.util.Optional;

/**
 * All rules of one version of an artifact; replaced and withdrawn as a whole.
 *
 * @param position in the order of first registration; it stays when the artifact comes back in
 *     another version
 * @param manifestAvailable false when the registry has no manifest of this version
 */
public record RuleLayer(ArtifactRef owner, String version, long position,
        boolean manifestAvailable, DeclaredRules rules) {

    /** Whether the owner takes part only in webspaces where it is the active scenario. */
    boolean isScenario() {
        return owner.kind().equals("scenario");
    }

    /**
     * The rule of a slot. Of several targets the one of this webspace counts, then one of none,
     * then the first.
     */
    Optional<ProjectionRule> find(String scope, String slot, WebspaceId webspace) {
        List<ProjectionRule> found = rules.projections().stream()
                .filter(rule -> rule.slot().equals(slot) && rule.scope().equals(scope))
                .toList();
        return found.stream().filter(rule -> rule.webspace().filter(webspace::equals).isPresent())
                .findFirst()
                .or(() -> found.stream().filter(rule -> rule.webspace().isEmpty()).findFirst())
                .or(() -> found.stream().findFirst());
    }
}
