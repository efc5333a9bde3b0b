package io.adaos.hub.projection.room.mailbox;

import io.adaos.hub.projection.room.branch.BranchWrite;
import java.util.List;

/**
 * Writes of plain values that are carried out together.
 *
 * @param owner to whom they are attributed, and with whom they wait
 * @param cause why they are made
 * @param bytes size of the values as JSON, for the owner's share of what may wait
 */
public record RoomWrite(String owner, String cause, List<BranchWrite> writes, int bytes) {
    public RoomWrite {
        writes = List.copyOf(writes);
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative: " + bytes);
        }
    }

    /** Why the transaction runs. */
    public String source() {
        return owner + ' ' + cause;
    }
}
