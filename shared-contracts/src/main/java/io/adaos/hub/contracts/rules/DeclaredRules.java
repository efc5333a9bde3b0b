package io.adaos.hub.contracts.rules;

import io.adaos.hub.contracts.error.FieldProblem;
import java.util.List;
import java.util.Optional;

/**
 * All that a manifest says about the document, and all that is wrong with it.
 *
 * @param problems each refuses the manifest at a push; what they are about is left out here
 * @param warnings what the publisher should know although the manifest is taken
 */
public record DeclaredRules(List<ProjectionRule> projections, List<DataRoute> routes,
        Optional<DetailsRule> details, Optional<DirectWriteGrant> directWrites,
        List<FieldProblem> problems, List<FieldProblem> warnings) {

    /** Of a manifest that says nothing. */
    public static final DeclaredRules NONE = new DeclaredRules(
            List.of(), List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());

    public DeclaredRules {
        projections = List.copyOf(projections);
        routes = List.copyOf(routes);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
