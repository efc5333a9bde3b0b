package io.adaos.hub.projection.platform;

import io.adaos.hub.projection.room.upkeep.SleepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When rooms sleep. */
@ConfigMapping(prefix = "hub.rooms")
interface RoomsConfig {

    /** A room sleeps that no socket is in and that nobody has used for so long. */
    @WithDefault("60s")
    Duration sleepAfter();

    /** Above so many live rooms, those that no socket is in sleep at once. */
    @WithDefault("256")
    int liveMax();

    default SleepSettings settings() {
        return new SleepSettings(sleepAfter(), liveMax());
    }
}
