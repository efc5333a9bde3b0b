package io.adaos.hub.projection.room.upkeep;

import java.util.Objects;

/**
 * What rooms need to keep their documents in order.
 *
 * @param directPaths which branches are not only the server's
 * @param repair what is mended when a room opens
 * @param counts what was done
 */
public record RoomUpkeep(DirectPaths directPaths, DocRepair repair, UpkeepCounts counts) {

    public RoomUpkeep {
        Objects.requireNonNull(directPaths);
        Objects.requireNonNull(repair);
        Objects.requireNonNull(counts);
    }
}
