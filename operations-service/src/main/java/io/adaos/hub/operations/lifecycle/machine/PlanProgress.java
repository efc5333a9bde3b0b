package io.adaos.hub.operations.lifecycle.machine;

import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.contracts.operation.OperationState;
import java.time.Instant;

/** What a word of the worker does to a running operation: it goes on along its plan. */
final class PlanProgress {
    /*
     * Notes on going on.
     *
     * A run may be broken off and begun again, and then says again what was said before. What was
     * reached stays reached: a step of the plan that lies behind changes nothing, neither the step
     * shown nor whether a cancel is too late. The percent stays between that of its step and that
     * of the next one. A step that the plan does not know is shown as it is said.
     */

    private PlanProgress() {
    }

    static Transition apply(
            OperationState state, OperationEvent.Progressed event, Instant now) {
        OperationPlan plan = state.plan();
        int place = plan == null ? -1 : plan.indexOf(event.step());
        boolean behind = place >= 0 && place < plan.at();
        StateDraft draft = StateDraft.of(state);
        if (!behind) {
            draft.progress(Math.max(state.progress(), percent(event, plan, place)))
                    .currentStep(event.step()).message(event.message())
                    .canCancel(event.canCancel());
            if (place >= 0) {
                draft.plan(at(plan, place, event));
            }
        }
        boolean says = event.binding() || !draft.same().equals(state);
        return says ? new Transition.Moved(draft.build(now)) : new Transition.Unchanged(state);
    }

    private static int percent(OperationEvent.Progressed event, OperationPlan plan, int place) {
        if (place < 0) {
            return event.progress();
        }
        int low = plan.steps().get(place).percent();
        int high = place + 1 < plan.steps().size() ? plan.steps().get(place + 1).percent() : 100;
        return Math.max(low, Math.min(high, event.progress()));
    }

    private static OperationPlan at(
            OperationPlan plan, int place, OperationEvent.Progressed event) {
        String since = plan.tooLateSince() == null ? event.step() : plan.tooLateSince();
        return new OperationPlan(
                plan.steps(), place, plan.etaAt(), event.canCancel() ? null : since);
    }
}
