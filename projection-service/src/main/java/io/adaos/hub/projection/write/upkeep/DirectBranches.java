package io.adaos.hub.projection.write.upkeep;

import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.projection.governance.direct.DirectWriteMode;
import io.adaos.hub.projection.room.upkeep.DirectPaths;
import io.adaos.hub.projection.rules.RuleBook;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The branches that published manifests allow skills to write directly, as of the newest rules. */
public final class DirectBranches implements DirectPaths {

    private static final String RUNTIME = "runtime";

    private final Supplier<RuleBook> rules;
    private final DirectWriteMode mode;
    private final Clock clock;

    public DirectBranches(Supplier<RuleBook> rules, DirectWriteMode mode, Clock clock) {
        this.rules = rules;
        this.mode = mode;
        this.clock = clock;
    }

    /** Where it is not known yet who may write, anybody may. */
    @Override
    public boolean mayBeWritten(WebspaceId webspace, List<String> branch) {
        RuleBook book = rules.get();
        if (!book.isComplete() || !book.pending().isEmpty()) {
            return true;
        }
        boolean withoutGrant = switch (mode) {
            case OBSERVE -> true;
            case WARN -> !branch.get(0).equals(RUNTIME);
            case ENFORCE -> false;
        };
        Instant now = clock.instant();
        return withoutGrant || book.layers().stream()
                .flatMap(layer -> layer.rules().directWrites().stream())
                .anyMatch(grant -> grant.isOpen(now) && allows(grant, branch));
    }

    private static boolean allows(DirectWriteGrant grant, List<String> branch) {
        boolean isMigrating = grant.migration().isPresent() && grant.paths().isEmpty();
        return isMigrating && !branch.get(0).equals(RUNTIME) || grant.paths().stream()
                .anyMatch(path -> overlap(path.segments(), branch));
    }

    private static boolean overlap(List<String> one, List<String> other) {
        int shared = Math.min(one.size(), other.size());
        return one.subList(0, shared).equals(other.subList(0, shared));
    }
}
