package io.adaos.hub.operations.execution;

import java.time.Duration;

/**
 * How operations are run.
 *
 * @param concurrency operations at a time in this process
 * @param leaseTtl after so long without a heartbeat another run takes an operation over
 * @param pollInterval how often to look for work nobody told of
 * @param runsMax an operation broken off so often becomes recoverable
 * @param handover how long a stopping process waits for its runs
 * @param grace a thread that goes on for so long after it was told to stop is given up
 */
public record ExecutionLimits(
        int concurrency, Duration leaseTtl, Duration pollInterval, int runsMax,
        Duration handover, Duration grace) {
    public ExecutionLimits {
        if (concurrency < 1 || runsMax < 1) {
            throw new IllegalArgumentException("concurrency and runs are at least 1");
        }
    }
}
