package io.adaos.hub.projection.room;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.room.branch.RoomDocs;
import java.util.ArrayList;
import java.util.List;

/**
 * What the log holds of a document, as bytes: a whole state and the updates after it.
 *
 * <p>The live document may be one batch ahead of the log. While that batch cannot be written,
 * readers are served from a second document made of these bytes.
 */
final class DurableCopy {

    /** Nobody writes in this name: the document is only read. */
    private static final long READER = (1L << 53) - 1;

    private byte[] base;
    private final List<byte[]> tail = new ArrayList<>();
    private long tailBytes;

    /** @param base a whole state as one update; empty for a new document */
    DurableCopy(byte[] base) {
        this.base = base;
    }

    /** One more update is in the log. */
    void add(byte[] update) {
        tail.add(update);
        tailBytes += update.length;
    }

    /** The whole state at this moment, which makes the updates superfluous. */
    void rebase(byte[] state) {
        base = state;
        tail.clear();
        tailBytes = 0;
    }

    /** Updates since the whole state. */
    int tailRows() {
        return tail.size();
    }

    /** Bytes of the updates since the whole state. */
    long tailBytes() {
        return tailBytes;
    }

    /** Bytes of the whole state. */
    long baseBytes() {
        return base.length;
    }

    /** A document that holds exactly this. */
    Doc restore() {
        Doc doc = RoomDocs.empty(READER);
        try {
            if (base.length > 0) {
                doc.apply(base, "core:recovery");
            }
            for (byte[] update : tail) {
                doc.apply(update, "core:recovery");
            }
        } catch (MalformedUpdateException e) {
            throw new IllegalStateException("an update that was applied before is refused", e);
        }
        return doc;
    }
}
