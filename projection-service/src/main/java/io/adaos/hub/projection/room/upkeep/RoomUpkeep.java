package io.adaos.hub.projection.room.upkeep;

import java.util.Objects;

/**
 * What rooms need to keep their documents in order.
 *
 * @param directPaths which branches are not only the server's
 * @param counts what was done
 */
public record RoomUpkeep(DirectPaths directPaths, UpkeepCounts counts) {

    public RoomUpkeep {
        Objects.requireNonNull(directPaths);
        Objects.requireNonNull(counts);
    }
}
