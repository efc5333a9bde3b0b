package io.adaos.hub.operations.diagnostics;

import io.adaos.hub.operations.execution.OperationProgress;
import java.util.Locale;

/** The plan of a bundle; percents are of the whole and fixed. */
enum DiagnosticsSteps implements OperationProgress.Step {
    ASK(5),
    LOGS(50),
    PACK(80);

    private final int percent;

    DiagnosticsSteps(int percent) {
        this.percent = percent;
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
        return true;
    }
}
