package io.adaos.hub.cli.supervise;

/** Answers whether a running child can serve; asked again and again until it says yes. */
@FunctionalInterface
public interface Readiness {
    /** As soon as it runs. */
    Readiness WHEN_RUNNING = pid -> true;

    /** Must answer within about a second. */
    boolean isReady(long pid);
}
