package io.adaos.hub.cli.supervise;

import java.util.List;
import java.util.function.Consumer;

/** A process that is asked to end, and killed when it does not. */
record Stopping(String name, LiveProcess process, StopRule rule) {
    private static final long LOOK_MILLIS = 20;

    /** Asks all of them at once and returns when none is left. */
    static void stopAll(List<Stopping> asked, Consumer<String> events) {
        long start = System.nanoTime();
        asked.forEach(one -> one.process().signal(one.rule().signal()));
        for (Stopping one : asked) {
            if (!one.hasEnded(start + one.rule().patience().toNanos())) {
                events.accept(one.name() + " did not end within "
                        + one.rule().patience().toSeconds() + " s, killed");
                one.process().signal(StopRule.Signal.KILL);
                one.hasEnded(System.nanoTime() + one.rule().patience().toNanos());
            } else {
                events.accept(one.name() + " stopped");
            }
        }
    }

    private boolean hasEnded(long deadlineNanos) {
        while (process.isAlive()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                return false;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return !process.isAlive();
            }
        }
        return true;
    }
}
