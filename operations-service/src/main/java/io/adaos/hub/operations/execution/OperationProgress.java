package io.adaos.hub.operations.execution;

import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import java.util.Map;

/** What a handler may say while it works; every word is refused once the lease is lost. */
public interface OperationProgress {

    /** The operation as it was when this run began. */
    StoredOperation operation();

    /** Says whether to stop. */
    CancellationToken token();

    /**
     * Reports the step at hand; committed when this returns.
     *
     * @param percent 0 to 100 of the whole operation
     */
    void step(Step step, int percent, String message);

    /** Reports a step together with what was decided for good; committed when this returns. */
    void decide(Step step, String message, Map<String, Object> checkpoint);

    /**
     * Reports a step of which something is committed together with it; the step must differ from
     * the one before, in its word or its message.
     */
    void record(Step step, String message, PgOutcomeStep also);

    /** The same, together with what was decided for good. */
    void record(Step step, String message, Map<String, Object> checkpoint, PgOutcomeStep also);

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
    }
}
