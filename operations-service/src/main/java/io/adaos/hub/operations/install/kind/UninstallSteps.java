package io.adaos.hub.operations.install.kind;

import io.adaos.hub.operations.execution.OperationProgress;
import java.util.Locale;

/** The plan of an uninstallation; percents are of the whole and fixed. */
enum UninstallSteps implements OperationProgress.Step {
    CHECK(5, true),
    REMOVE(30, false),
    WITHDRAW(60, false),
    DELETE(85, false);

    private final int percent;
    private final boolean canCancel;

    UninstallSteps(int percent, boolean canCancel) {
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
