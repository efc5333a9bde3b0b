package io.adaos.hub.projection.room.mailbox;

import io.adaos.hub.projection.room.branch.BranchWrite;
import java.util.List;

/**
 * Writes of plain values that are carried out together.
 *
 * @param owner to whom they are attributed, and with whom they wait
 * @param cause why they are made
 * @param bytes size of the values as JSON, for the owner's share of what may wait
 * @param promise whether they are owed to their writer
 */
public record RoomWrite(String owner, String cause, List<BranchWrite> writes, int bytes,
        WritePromise promise) {
    public RoomWrite {
        writes = List.copyOf(writes);
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative: " + bytes);
        }
    }

    /** Writes that are owed to nobody yet. */
    public RoomWrite(String owner, String cause, List<BranchWrite> writes, int bytes) {
        this(owner, cause, writes, bytes, new WritePromise());
    }

    /** Why the transaction runs. */
    public String source() {
        return owner + ' ' + cause;
    }
}
