package io.adaos.hub.registry.normalize;

import io.adaos.hub.contracts.error.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What could be read of a manifest, and all that is wrong with it as a document.
 *
 * @param root the mapping, in the order of the file; empty when the file could not be read
 */
public record ManifestDocument(Optional<Map<String, Object>> root, List<FieldProblem> problems) {
    public ManifestDocument {
        problems = List.copyOf(problems);
    }

    static ManifestDocument unreadable(FieldProblem problem) {
        return new ManifestDocument(Optional.empty(), List.of(problem));
    }
}
