package io.adaos.hub.operations.testing;

import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The kind {@code probe.echo}: all there is to a new kind is this class. */
@Singleton
public final class EchoService implements OperationHandler {

    /** Its plan. */
    enum Steps implements OperationProgress.Step {
        LISTEN(10, true),
        ANSWER(60, false);

        private final int percent;
        private final boolean canCancel;

        Steps(int percent, boolean canCancel) {
            this.percent = percent;
            this.canCancel = canCancel;
        }

        @Override
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public int percent() {
            return percent;
        }

        @Override
        public boolean canCancel() {
            return canCancel;
        }
    }

    @Override
    public KindRules rules() {
        return new KindRules(new OperationKind("probe.echo"), "probe", Set.of("text"),
                Duration.ofMinutes(1), command -> Uni.createFrom().item(
                        command.target().id().startsWith("echo") ? TargetCheck.Presence.KNOWN
                                : TargetCheck.Presence.UNKNOWN),
                OperationProgress.Step.plan(Steps.values()));
    }

    @Override
    public void prepare() {
        // it leaves nothing
    }

    @Override
    public void run(OperationProgress progress) {
        Object text = progress.operation().command().params().get("text");
        for (Steps step : Steps.values()) {
            progress.step(step, step.percent(), step.wire() + ' ' + text);
        }
        progress.succeed("Echoed", Map.of("text", String.valueOf(text)), PgOutcomeStep.NONE);
    }

    @Override
    public void takeBack(StoredOperation operation) {
        // it leaves nothing
    }
}
