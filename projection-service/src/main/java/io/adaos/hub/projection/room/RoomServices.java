package io.adaos.hub.projection.room;

import io.adaos.hub.projection.room.upkeep.RoomUpkeep;
import io.adaos.hub.projection.ystore.YStore;
import io.adaos.hub.projection.ystore.lease.Holder;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every room needs from outside.
 *
 * @param holder this process in leases
 * @param threads where rooms work; no task on it waits
 * @param background where long work is done that nobody waits for, one piece at a time
 * @param timer for what happens later
 * @param events hears what others must be told
 * @param upkeep what keeps documents in order
 */
public record RoomServices(
        YStore store,
        Holder holder,
        Executor threads,
        Executor background,
        ScheduledExecutorService timer,
        Clock clock,
        RoomSettings settings,
        RoomEvents events,
        RoomUpkeep upkeep) {
}
