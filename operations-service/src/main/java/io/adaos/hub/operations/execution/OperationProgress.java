package io.adaos.hub.operations.execution;

import io.adaos.hub.contracts.operation.OperationPlan;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.operationlog.LogLevel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a handler may say while it works; every word is refused once the lease is lost.
 *
 * <p>A run is repeatable: it may be broken off anywhere and begun again by any process. What has
 * to wait parks: {@link #park}, {@link #input} and {@link #children} may throw
 * {@link ParkedException}, and the next run, which goes the same way again, gets the answer there.
 */
public interface OperationProgress {

    /** The operation as this run knows it, with the checkpoint kept last. */
    StoredOperation operation();

    /** Says whether to stop. */
    CancellationToken token();

    /**
     * Reports the step at hand; committed when this returns. A step of the plan that lies behind
     * is not gone back to.
     *
     * @param percent 0 to 100 of the whole operation, kept within the step's part of the plan
     */
    void step(Step step, int percent, String message);

    /** Reports a step together with what was decided for good; committed when this returns. */
    void decide(Step step, String message, Map<String, Object> checkpoint);

    /** Reports a step of which something is committed together with it. */
    void record(Step step, String message, PgOutcomeStep also);

    /** Reports a step together with what was decided, and something committed with both. */
    void record(Step step, String message, Map<String, Object> checkpoint, PgOutcomeStep also);

    /**
     * Adds a line to the operation's log; committed with the next word, or within about a second.
     */
    void log(LogLevel level, String message);

    /**
     * Gives the lease back until the operation is woken ({@code PgWakes.wake}) or its deadline
     * comes; what woke it since this run began is not missed. Never returns.
     *
     * @throws ParkedException always
     */
    ParkedException park(String message);

    /**
     * What a person has answered to this question: {@code value}, and {@code by} whom
     * ({@code nobody} for the fallback).
     *
     * @throws ParkedException it was not answered yet
     */
    Map<String, Object> input(InputRequest request);

    /**
     * The ends of these operations, in this order; which are started under this one, or joined
     * when identical ones are under way. One whose target is in use waits in line. They are
     * cancelled with this one; those joined are not.
     *
     * @throws ParkedException one of them has not ended yet
     */
    List<OperationState> children(List<OperationCommand> commands);

    /** Ends the operation; {@code also} is committed with it, or neither is. */
    void succeed(String message, Map<String, Object> result, PgOutcomeStep also);

    /** One step of a plan that is known before the work begins. */
    interface Step {

        /** Word of {@code current_step}. */
        String wire();

        /** Of the whole operation, when the step begins. */
        int percent();

        /** Whether the operation may still be cancelled during the step. */
        boolean canCancel();

        /** One run may be at the step for so long; while it is parked no time passes. */
        default Duration deadline() {
            return Duration.ofMinutes(5);
        }

        /** These steps as the plan of a kind. */
        static List<OperationPlan.Step> plan(Step... steps) {
            return Arrays.stream(steps)
                    .map(one -> new OperationPlan.Step(one.wire(), one.percent(), one.canCancel()))
                    .toList();
        }
    }
}
