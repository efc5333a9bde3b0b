package io.adaos.hub.projection.room;

import io.adaos.hub.projection.ystore.YStore;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every room needs from outside.
 *
 * @param holder name of this process in leases
 * @param threads where rooms work; no task on it waits
 * @param timer for what happens later
 */
public record RoomServices(
        YStore store,
        String holder,
        Executor threads,
        ScheduledExecutorService timer,
        Clock clock,
        RoomSettings settings) {
}
