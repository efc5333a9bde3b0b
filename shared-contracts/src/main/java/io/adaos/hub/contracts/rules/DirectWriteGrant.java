package io.adaos.hub.contracts.rules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That a skill may send raw updates of the document, {@code runtime.yjs.primary_doc}.
 *
 * @param paths where; each allows itself and what lies below
 */
public record DirectWriteGrant(List<ProjectionPath> paths, Optional<Migration> migration) {

    /**
     * That the skill is on its way to declared projections.
     *
     * @param until from then on its raw updates are refused
     */
    public record Migration(Instant until, String reason) {
    }

    public DirectWriteGrant {
        paths = List.copyOf(paths);
    }

    /** Whether raw updates are allowed at all at this time. */
    public boolean isOpen(Instant now) {
        return migration.isEmpty() || now.isBefore(migration.get().until());
    }
}
