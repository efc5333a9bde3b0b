package io.adaos.hub.projection.governance.direct;

import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Says where a skill may send raw updates to. */
public final class DirectWriteRules {

    /*
     * Notes.
     *
     * A touched path is one whose value may be another one afterwards. A path of one or two
     * segments is a root or a second-level branch: whatever touches it replaces, deletes or makes
     * it as a whole, and so does an update with more paths than can be known, which is told here
     * as the empty path. The worst path of an update decides; nothing is applied in part.
     */

    private static final List<String> DESKTOP = List.of("data", "desktop");
    private static final String RUNTIME = "runtime";
    private static final List<String> SKILLS = List.of(RUNTIME, "skills");
    private static final int BROAD_SEGMENTS = 2;

    private final DirectWriteMode mode;

    /** Rules of one strictness. */
    public DirectWriteRules(DirectWriteMode mode) {
        this.mode = mode;
    }

    /**
     * What is wrong with an update.
     *
     * @param reason empty when every path is declared
     * @param path the path the reason is about; empty when there is none
     * @param isRefused whether the update is refused for it
     */
    public record Verdict(Optional<WriteReason> reason, List<String> path, boolean isRefused) {
        private static final Verdict FINE = new Verdict(Optional.empty(), List.of(), false);
    }

    /** Judges all paths an update touches. */
    public Verdict judge(String skillId, Optional<DirectWriteGrant> grant,
            Collection<List<String>> touched, Instant now) {
        Optional<DirectWriteGrant> open = grant.filter(given -> given.isOpen(now));
        Verdict worst = open.isEmpty() && touched.isEmpty()
                ? hidden() : Verdict.FINE;
        for (List<String> path : touched) {
            Optional<WriteReason> fault = fault(skillId, open, path);
            if (fault.isPresent() && rank(fault) > rank(worst.reason())) {
                worst = new Verdict(fault, path, isRefused(fault.get()));
            }
        }
        return worst;
    }

    /** Nobody can see what it brings; who may write nowhere may not write that either. */
    private Verdict hidden() {
        return new Verdict(Optional.of(WriteReason.PATH_NOT_ALLOWED), List.of(),
                isRefused(WriteReason.PATH_NOT_ALLOWED));
    }

    private static Optional<WriteReason> fault(
            String skillId, Optional<DirectWriteGrant> open, List<String> path) {
        if (isBelow(SKILLS, path) && path.size() > SKILLS.size()) {
            if (!path.get(SKILLS.size()).equals(skillId)) {
                return Optional.of(WriteReason.WRONG_OWNER);
            }
        } else if (!path.isEmpty() && path.get(0).equals(RUNTIME)) {
            return Optional.of(WriteReason.BROAD_BRANCH_REWRITE);
        }
        if (open.isPresent() && isDeclared(open.get(), path)) {
            return Optional.empty();
        }
        if (path.size() <= BROAD_SEGMENTS || isBelow(DESKTOP, path)) {
            return Optional.of(WriteReason.BROAD_BRANCH_REWRITE);
        }
        // A skill on its way to projections that cannot name its paths yet may write narrowly.
        boolean isMigrating = open.isPresent() && open.get().migration().isPresent()
                && open.get().paths().isEmpty() && ProjectionPath.ROOTS.contains(path.get(0));
        return isMigrating ? Optional.empty() : Optional.of(WriteReason.PATH_NOT_ALLOWED);
    }

    private static boolean isDeclared(DirectWriteGrant grant, List<String> path) {
        return grant.paths().stream().anyMatch(declared -> isBelow(declared.segments(), path));
    }

    private boolean isRefused(WriteReason fault) {
        return switch (mode) {
            case OBSERVE -> false;
            case WARN -> fault != WriteReason.PATH_NOT_ALLOWED;
            case ENFORCE -> true;
        };
    }

    private static int rank(Optional<WriteReason> fault) {
        if (fault.isEmpty()) {
            return 0;
        }
        if (fault.get() == WriteReason.BROAD_BRANCH_REWRITE) {
            return 3;
        }
        return fault.get() == WriteReason.WRONG_OWNER ? 2 : 1;
    }

    private static boolean isBelow(List<String> branch, List<String> path) {
        return path.size() >= branch.size() && path.subList(0, branch.size()).equals(branch);
    }
}
