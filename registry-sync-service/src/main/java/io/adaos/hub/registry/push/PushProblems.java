package io.adaos.hub.registry.push;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import java.util.ArrayList;
import java.util.List;

/** Gathers all that is wrong with a push; the first fault gives the refusal its code. */
final class PushProblems {

    private static final int PROBLEMS_MAX = 100;

    private final List<FieldProblem> problems = new ArrayList<>();
    private HubErrorCode code;
    private String detail;

    boolean isEmpty() {
        return code == null;
    }

    void add(HubErrorCode because, FieldProblem problem) {
        addAll(because, List.of(problem));
    }

    void addAll(HubErrorCode because, List<FieldProblem> more) {
        if (more.isEmpty()) {
            return;
        }
        if (code == null) {
            code = because;
            detail = more.get(0).message();
        }
        problems.addAll(more);
    }

    /** Takes over a refusal that was made elsewhere, with all its faults. */
    void add(HubException refusal) {
        if (code == null) {
            code = refusal.code();
            detail = refusal.getMessage();
        }
        if (refusal.errors().isEmpty()) {
            problems.add(new FieldProblem("archive", refusal.code().code(), refusal.getMessage(),
                    refusal.code().remedy()));
        }
        problems.addAll(refusal.errors());
    }

    /** Throws when anything was found. */
    void refuse() {
        if (!isEmpty()) {
            List<FieldProblem> shown =
                    problems.subList(0, Math.min(problems.size(), PROBLEMS_MAX));
            String more = problems.size() == 1
                    ? "" : " (" + problems.size() + " problems in all, see errors)";
            throw new HubException(code, detail + more, shown);
        }
    }
}
