package io.adaos.hub.cli.supervise;

import java.time.Duration;

/**
 * How a child is asked to end.
 *
 * @param order children of a lower order have ended before one of a higher order is asked
 * @param patience how long it may take before it is killed
 */
public record StopRule(Signal signal, int order, Duration patience) {

    /** The signals that ask a process to end. */
    public enum Signal { TERM, INT, KILL }
}
