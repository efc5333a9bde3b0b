package io.adaos.hub.contracts.rules;

import io.adaos.hub.contracts.error.FieldProblem;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a manifest, so that all of it is told at once. */
final class RuleFindings {

    private static final int KEPT_MAX = 200;

    private final List<FieldProblem> problems = new ArrayList<>();
    private final List<FieldProblem> warnings = new ArrayList<>();

    List<FieldProblem> problems() {
        return problems;
    }

    List<FieldProblem> warnings() {
        return warnings;
    }

    void problem(String path, String code, String message, String remedy) {
        add(problems, new FieldProblem(path, code, message, remedy));
    }

    void warn(String path, String code, String message, String remedy) {
        add(warnings, new FieldProblem(path, code, message, remedy));
    }

    private static void add(List<FieldProblem> to, FieldProblem problem) {
        if (to.size() < KEPT_MAX) {
            to.add(problem);
        }
    }
}
