package io.adaos.hub.operations.install;

import io.adaos.hub.operations.execution.OperationProgress;
import java.util.Locale;

/** The plan of an installation; percents are of the whole and fixed. */
public enum InstallSteps implements OperationProgress.Step {
    PREPARE(5, true),
    RESOLVE(10, true),
    REQUIRE(15, true),
    FETCH(25, true),
    VERIFY(55, true),
    UNPACK(65, true),
    ACTIVATE(88, false),
    RECORD(95, false);

    private final int percent;
    private final boolean canCancel;

    InstallSteps(int percent, boolean canCancel) {
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
