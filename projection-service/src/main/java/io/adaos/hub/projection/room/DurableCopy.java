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

    /** A whole state that stands for the old one and so many of the updates after it. */
    void rebase(byte[] state, int rows) {
        base = state;
        List<byte[]> covered = tail.subList(0, rows);
        covered.forEach(update -> tailBytes -= update.length);
        covered.clear();
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
        return freeze().restore();
    }

    /** The bytes as they are now, for another thread. */
    Frozen freeze() {
        return new Frozen(base, List.copyOf(tail));
    }

    /** A whole state and the updates after it, which nobody changes. */
    record Frozen(byte[] base, List<byte[]> tail) {

        /** Updates after the whole state. */
        int rows() {
            return tail.size();
        }

        /** The same as one whole state. */
        byte[] encode() {
            return restore().encodeStateAsUpdate();
        }

        private Doc restore() {
            Doc doc = RoomDocs.empty(READER);
            try {
                if (base.length > 0) {
                    doc.apply(base, "core:recovery");
                }
                for (byte[] update : tail) {
                    doc.apply(update, "core:recovery");
                }
            } catch (MalformedUpdateException e) {
                throw new IllegalStateException(
                        "an update that was applied before is refused", e);
            }
            return doc;
        }
    }
}
