package io.adaos.hub.registry.normalize;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.error.FieldProblem;
import java.util.List;

/** What became of a manifest. */
public sealed interface Normalized {

    /** The catalog entry, and what the publisher should know although it was taken. */
    record Entry(CatalogEntry entry, List<FieldProblem> warnings) implements Normalized {
        public Entry {
            warnings = List.copyOf(warnings);
        }
    }

    /** All that is wrong with the manifest, not only the first thing. */
    record Rejected(List<FieldProblem> problems) implements Normalized {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
