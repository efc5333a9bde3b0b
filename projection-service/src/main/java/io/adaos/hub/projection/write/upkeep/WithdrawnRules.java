package io.adaos.hub.projection.write.upkeep;

import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.write.ProjectionWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says which branches of a document belonged to an artifact that is gone, and to nobody else. */
final class WithdrawnRules {

    private static final String SKILL = "skill";
    private static final List<String> PRIVATE = List.of("runtime", "skills");

    private final ArtifactRef owner;
    private final List<PathPattern> patterns = new ArrayList<>();

    WithdrawnRules(ArtifactRef owner, DeclaredRules rules) {
        this.owner = owner;
        rules.projections().forEach(rule -> patterns.add(PathPattern.of(rule)));
        if (owner.kind().equals(SKILL)) {
            patterns.add(PathPattern.of(List.of(PRIVATE.get(0), PRIVATE.get(1), owner.id())));
        }
    }

    /**
     * What clears a document.
     *
     * @param document as plain JSON
     * @param book the rules that count now: what one of them may write stays, so also everything
     *     of an artifact that has come back
     */
    List<ProjectionWrite> removals(Map<String, Object> document, RuleBook book) {
        if (book.layer(owner).isPresent()) {
            return List.of();
        }
        List<PathPattern> others = book.layers().stream()
                .flatMap(layer -> layer.rules().projections().stream())
                .map(PathPattern::of).toList();
        return patterns.stream()
                .flatMap(pattern -> pattern.in(document).stream())
                .filter(path -> others.stream().noneMatch(other -> other.overlaps(path)))
                .distinct()
                .<ProjectionWrite>map(ProjectionWrite.Remove::new).toList();
    }
}
