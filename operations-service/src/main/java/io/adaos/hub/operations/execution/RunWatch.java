package io.adaos.hub.operations.execution;

import java.time.Duration;

/** How long a run and its step go on already; stops what takes too long. */
final class RunWatch {

    /** Until a step is named, the operation's own deadline alone counts. */
    private static final Duration BEFORE_THE_FIRST = Duration.ofDays(365);

    private final long begun = System.nanoTime();
    private final CancellationToken token = new CancellationToken();
    private Thread thread;                      // null while no thread works on it
    private String step = "prepare";
    private Duration stepDeadline = BEFORE_THE_FIRST;
    private long stepBegun = begun;
    private long stoppedAt;                     // 0 until the token was found stopped

    CancellationToken token() {
        return token;
    }

    synchronized String step() {
        return step;
    }

    synchronized Duration stepDeadline() {
        return stepDeadline;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** This step is at hand; the same one goes on taking its time. */
    synchronized void at(OperationProgress.Step next) {
        if (!next.wire().equals(step)) {
            step = next.wire();
            stepDeadline = next.deadline();
            stepBegun = System.nanoTime();
        }
    }

    synchronized void workedOnBy(Thread worker) {
        thread = worker;
    }

    /** Whether the thread goes on for longer than the grace although it was told to stop. */
    synchronized boolean isStuck(Duration grace) {
        long now = System.nanoTime();
        boolean late = now - stepBegun > stepDeadline.toNanos();
        if (late) {
            token.stop(CancellationToken.Reason.STEP_DEADLINE);
        }
        CancellationToken.Reason why = token.reason().orElse(null);
        // who cancels waits for the step, which has its own deadline
        boolean must = why == CancellationToken.Reason.LEASE_LOST || why != null && late;
        if (!must) {
            return false;
        }
        if (stoppedAt == 0) {
            stoppedAt = now;
        }
        return now - stoppedAt > grace.toNanos();
    }

    /** Wakes a thread that waits for something; never one that works on something else. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
