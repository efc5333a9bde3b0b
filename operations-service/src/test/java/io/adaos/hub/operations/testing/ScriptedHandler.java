package io.adaos.hub.operations.testing;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A kind whose work is what the test says; counts its runs and what it took back. */
public final class ScriptedHandler implements OperationHandler {

    public final AtomicInteger runs = new AtomicInteger();
    public final AtomicInteger takenBack = new AtomicInteger();
    private final KindRules rules;
    private volatile Consumer<OperationProgress> script;
    private volatile Runnable preparation = () -> { };
    private volatile Runnable takingBack = () -> { };

    public ScriptedHandler(String kind, Consumer<OperationProgress> script) {
        this.script = script;
        this.rules = new KindRules(new OperationKind(kind),
                kind.substring(0, kind.indexOf('.')), Set.of(), Duration.ofMinutes(1),
                command -> Uni.createFrom().item(TargetCheck.Presence.KNOWN));
    }

    /** Work that is done at once. */
    public static void succeed(OperationProgress progress) {
        progress.succeed("Done", Map.of("run", true), PgOutcomeStep.NONE);
    }

    public void script(Consumer<OperationProgress> newScript) {
        script = newScript;
    }

    /** What happens whenever the kind is prepared. */
    public void onPrepare(Runnable newPreparation) {
        preparation = newPreparation;
    }

    /** What happens after a take-back was counted. */
    public void onTakeBack(Runnable newTakingBack) {
        takingBack = newTakingBack;
    }

    @Override
    public KindRules rules() {
        return rules;
    }

    @Override
    public void prepare() {
        preparation.run();
    }

    @Override
    public void run(OperationProgress progress) {
        runs.incrementAndGet();
        script.accept(progress);
    }

    @Override
    public void takeBack(StoredOperation operation) {
        takenBack.incrementAndGet();
        takingBack.run();
    }

    /** A step that may be cancelled. */
    public record PlainStep(String wire, int percent, boolean canCancel)
            implements OperationProgress.Step {
    }
}
