package io.adaos.hub.projection.room.upkeep;

import java.time.Duration;

/**
 * When rooms sleep.
 *
 * @param after a room that nobody has used for so long, and that no socket is in
 * @param roomsMax live rooms above which those without sockets sleep at once
 */
public record SleepSettings(Duration after, int roomsMax) {

    /** The settings of production. */
    public static final SleepSettings DEFAULT = new SleepSettings(Duration.ofSeconds(60), 256);

    public SleepSettings {
        if (after.isNegative() || after.isZero() || roomsMax < 1) {
            throw new IllegalArgumentException(
                    "rooms cannot sleep after " + after + " above " + roomsMax);
        }
    }
}
