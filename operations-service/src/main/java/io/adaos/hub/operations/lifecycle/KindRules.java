package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.operation.OperationKind;
import java.time.Duration;
import java.util.Set;

/**
 * What a kind of operation lets in, and how long it may take.
 *
 * @param targetKind the target kind it works on
 * @param params names of the parameters it knows
 * @param deadline from acceptance, or from its turn, to its end
 * @param targets looks a target up before anything is accepted
 */
public record KindRules(
        OperationKind kind,
        String targetKind,
        Set<String> params,
        Duration deadline,
        TargetCheck targets) {
    public KindRules {
        params = Set.copyOf(params);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a deadline is positive: " + deadline);
        }
    }
}
