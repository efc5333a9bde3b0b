package io.adaos.hub.projection.room.reader;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.UpdateFit;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.room.mailbox.DurableView;
import io.adaos.hub.projection.room.mailbox.RoomCommand;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers for a room whose log takes nothing, from a second document made of what the log holds:
 * the live one is ahead of it. Writer only.
 */
public final class StandIn {

    /** Why writes are refused meanwhile. */
    public static final String NO_LOG = "the log cannot be written";

    private final Supplier<Doc> restore;
    private final RoomReaders readers;
    private Optional<Doc> doc = Optional.empty();

    /** @param restore makes a document of what the log holds */
    public StandIn(Supplier<Doc> restore, RoomReaders readers) {
        this.restore = restore;
        this.readers = readers;
    }

    /** Whether it is shown now. */
    public boolean isShown() {
        return doc.isPresent();
    }

    /** What the log holds. */
    public Doc doc() {
        if (doc.isEmpty()) {
            doc = Optional.of(restore.get());
            readers.stateChanged();
        }
        return doc.get();
    }

    /** The live document is what the log holds, again. */
    public void leave() {
        doc = Optional.empty();
        readers.stateChanged();
    }

    /** Reads; refuses what would write; what a client tells and is known already is no write. */
    public static void answer(RoomCommand command, Doc readable, long generation) {
        if (command instanceof RoomCommand.Read read) {
            read.reader().accept(new DurableView(readable, generation));
        } else if (command instanceof RoomCommand.Raw raw && isKnown(readable, raw)) {
            raw.answer().complete(new WriteOutcome.Unchanged(generation));
        } else if (command instanceof RoomCommand.Write write) {
            write.refuse(WriteOutcome.Reason.STORE_UNAVAILABLE, NO_LOG);
        }
    }

    private static boolean isKnown(Doc readable, RoomCommand.Raw raw) {
        try {
            return readable.fitOf(raw.update().bytes()) == UpdateFit.KNOWN;
        } catch (MalformedUpdateException e) {
            raw.refuse(WriteOutcome.Reason.MALFORMED, e.getMessage());
            return false;
        }
    }
}
