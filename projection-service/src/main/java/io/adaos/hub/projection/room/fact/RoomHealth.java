package io.adaos.hub.projection.room.fact;

import java.util.List;

/**
 * How a room is, for whoever wants to know; a value, not a view.
 *
 * @param logAvailable appends are answered, and nobody else can own the webspace
 * @param stale the document was restored without a part that was damaged
 * @param blockers what an operator has to decide, by name of the contract
 */
public record RoomHealth(boolean logAvailable, boolean stale, List<String> blockers) {

    /** A part of the log waits in the set-aside table. */
    public static final String LOG_SET_ASIDE = "log_set_aside";

    public RoomHealth {
        blockers = List.copyOf(blockers);
    }

    public static RoomHealth of(boolean logAvailable, boolean incomplete) {
        return new RoomHealth(logAvailable, incomplete,
                incomplete ? List.of(LOG_SET_ASIDE) : List.of());
    }
}
