package io.adaos.hub.operations.execution.noop;

import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The kind {@code bench.noop}, by which is measured what an operation costs that does nothing; a
 * hub knows it only with {@code hub.operations.noop=true}.
 */
public final class NoopHandler implements OperationHandler {

    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final int LOOK_MILLIS = 20;
    private static final String HOLD = "hold_seconds";

    @Override
    public KindRules rules() {
        return new KindRules(new OperationKind("bench.noop"), "bench", Set.of(HOLD), DEADLINE,
                command -> Uni.createFrom().item(TargetCheck.Presence.KNOWN));
    }

    @Override
    public void prepare() {
        // nothing is left behind
    }

    /** Holds its worker for {@code hold_seconds}, none unless told. */
    @Override
    public void run(OperationProgress progress) {
        Object hold = progress.operation().command().params().get(HOLD);
        long seconds = hold instanceof Number number ? number.longValue() : 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            progress.token().check();
            pause();
        }
        progress.succeed("Nothing was done", Map.of(), PgOutcomeStep.NONE);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void takeBack(StoredOperation operation) {
        // nothing was done
    }
}
