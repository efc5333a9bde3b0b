package io.adaos.hub.operations.work.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.work.WorkDesk;
import io.adaos.hub.operations.work.WorkOrder;
import io.adaos.hub.operations.work.WorkTask;
import io.adaos.hub.runtime.http.HubJson;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls an action on the node that offers it: {@code action.invoke}. */
public final class ActionInvokeHandler implements OperationHandler {

    static final OperationKind KIND = new OperationKind("action.invoke");

    private static final String ARGS = "args";
    private static final int UNTIL_PERCENT = 95;

    private final WorkDesk desk;
    private final KindRules rules;

    /**
     * Whether the node has such an action its worker says.
     *
     * @param deadline of one call
     */
    public ActionInvokeHandler(WorkDesk desk, Duration deadline) {
        this.desk = desk;
        this.rules = new KindRules(KIND, "action", Set.of(ARGS), deadline,
                command -> Uni.createFrom().item(TargetCheck.Presence.NOT_ASKED),
                OperationProgress.Step.plan(InvokeStep.values()));
    }

    /** The one step: the action runs. */
    enum InvokeStep implements OperationProgress.Step {
        INVOKE;

        @Override
        public String wire() {
            return "invoke";
        }

        @Override
        public int percent() {
            return 5;
        }

        @Override
        public boolean canCancel() {
            return true;
        }
    }

    @Override
    public KindRules rules() {
        return rules;
    }

    @Override
    public void prepare() {
        // nothing is left of earlier processes
    }

    @Override
    public void run(OperationProgress progress) {
        OperationCommand command = progress.operation().command();
        String action = command.target().id();
        progress.step(InvokeStep.INVOKE, InvokeStep.INVOKE.percent(), "Calling " + action
                + " on " + command.target().node());
        JsonNode result = desk.result(progress, order(progress.operation()));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("action", action);
        shown.put("node_id", command.target().node().value());
        shown.put("value", HubJson.mapper().convertValue(result.get("value"), Object.class));
        progress.succeed(action + " has answered", shown, PgOutcomeStep.NONE);
    }

    @Override
    public void takeBack(StoredOperation operation) {
        // the worker hears of the end by its heartbeat; what an action has done stays done
    }

    private static WorkOrder order(StoredOperation operation) {
        OperationCommand command = operation.command();
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("action", command.target().id());
        args.put("version", command.version());
        args.put(ARGS, command.params().getOrDefault(ARGS, Map.of()));
        return new WorkOrder(operation.state().operationId(), "invoke",
                command.target().node(), KIND, WorkTask.INVOKE,
                new WorkOrder.Subject(command.target().label(), args),
                Optional.of(new WorkOrder.Share(InvokeStep.INVOKE.wire(),
                        InvokeStep.INVOKE.percent(), UNTIL_PERCENT, true)));
    }
}
