package io.adaos.hub.operations.lifecycle;

import java.time.Duration;
import java.util.Optional;

/**
 * How a run gives its lease back although its operation has not ended.
 *
 * @param delay taken up again after it; empty for the next wake or the deadline
 * @param wakes how often the operation had been woken when the run began: more, and it is taken
 *     up again at once
 */
public record Pause(Optional<Duration> delay, long wakes) {

    /** Something is away; counts as a postponement. */
    public static Pause postponed(Duration delay) {
        return new Pause(Optional.of(delay), 0);
    }

    /** Until something happens that the operation waits for. */
    public static Pause parked(long wakes) {
        return new Pause(Optional.empty(), wakes);
    }
}
