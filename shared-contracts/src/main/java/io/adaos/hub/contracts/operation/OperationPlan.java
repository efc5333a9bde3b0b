package io.adaos.hub.contracts.operation;

import java.time.Instant;
import java.util.List;

/**
 * The steps of an operation and how far it is; nulls are written.
 *
 * @param at index of the step at hand, -1 before the first
 * @param etaAt when it will have ended if its steps take what they usually take, null without
 *     a measurement of each of them
 * @param tooLateSince name of the step since which a cancel is refused, else null
 */
public record OperationPlan(
        List<Step> steps, int at, Instant etaAt, String tooLateSince) {
    public OperationPlan {
        steps = List.copyOf(steps);
        if (at < -1 || at >= steps.size()) {
            throw new IllegalArgumentException("no step " + at + " among " + steps.size());
        }
    }

    /** The plan of an operation that has not begun. */
    public static OperationPlan ahead(List<Step> steps) {
        return new OperationPlan(steps, -1, null, null);
    }

    /** Place of the step with this name, -1 when the plan does not know it. */
    public int indexOf(String step) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(step)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * One step of a plan that is known before the work begins.
     *
     * @param name word of {@code current_step}
     * @param percent of the whole operation, when the step begins; 0 to 100
     * @param canCancel whether the operation may still be cancelled during the step
     */
    public record Step(String name, int percent, boolean canCancel) {
        public Step {
            if (name == null || name.isEmpty() || percent < 0 || percent > 100) {
                throw new IllegalArgumentException(
                        "a step has a name and 0 to 100 percent: " + name + ", " + percent);
            }
        }
    }
}
