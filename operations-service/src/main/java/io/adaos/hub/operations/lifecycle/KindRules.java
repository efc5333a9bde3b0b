package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.operations.lifecycle.machine.ParamRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a kind of operation lets in, and how long it may take.
 *
 * @param targetKind the target kind it works on
 * @param params the parameters it knows
 * @param deadline from acceptance, or from its turn, to its end
 * @param targets looks a target up before anything is accepted
 * @param steps its plan, in order; empty when nobody can say it beforehand
 */
public record KindRules(
        OperationKind kind,
        String targetKind,
        ParamRules params,
        Duration deadline,
        TargetCheck targets,
        List<OperationPlan.Step> steps) {
    public KindRules {
        steps = List.copyOf(steps);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a deadline is positive: " + deadline);
        }
    }

    /** Rules of a kind that judges the values of its parameters itself. */
    public KindRules(OperationKind kind, String targetKind, Set<String> params,
            Duration deadline, TargetCheck targets, List<OperationPlan.Step> steps) {
        this(kind, targetKind, ParamRules.named(params), deadline, targets, steps);
    }

    /** Rules of such a kind without a plan. */
    public KindRules(OperationKind kind, String targetKind, Set<String> params,
            Duration deadline, TargetCheck targets) {
        this(kind, targetKind, params, deadline, targets, List.of());
    }
}
