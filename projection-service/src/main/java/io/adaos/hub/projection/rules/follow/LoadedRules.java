package io.adaos.hub.projection.rules.follow;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.projection.rules.RuleLayer;
import java.util.List;

/**
 * That the rules of a version count now.
 *
 * @param projections declared slots that can be written
 * @param routes declared data routes
 * @param problems rules that are left out; a push refuses them today
 */
public record LoadedRules(String kind, String id, String version, int projections, int routes,
        List<FieldProblem> problems) {
    public LoadedRules {
        problems = List.copyOf(problems);
    }

    static LoadedRules of(RuleLayer layer) {
        return new LoadedRules(layer.owner().kind(), layer.owner().id(), layer.version(),
                layer.rules().projections().size(), layer.rules().routes().size(),
                layer.rules().problems());
    }
}
