package io.adaos.hub.projection.room;

import io.adaos.hub.projection.room.branch.BranchWrite;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a room is asked to do. */
sealed interface RoomCommand {

    /** The room will never do it. */
    void abandon();

    /**
     * Looks at the document as the log knows it.
     *
     * @param closed called instead when the room ends first
     */
    record Read(Consumer<DurableView> reader, Runnable closed) implements RoomCommand {
        @Override
        public void abandon() {
            closed.run();
        }
    }

    /** Changes the document, and is answered when the log holds the change. */
    sealed interface Write extends RoomCommand {
        CompletableFuture<WriteOutcome> answer();

        default void refuse(WriteOutcome.Reason reason, String detail) {
            answer().complete(new WriteOutcome.Refused(reason, detail));
        }

        @Override
        default void abandon() {
            refuse(WriteOutcome.Reason.ROOM_CLOSED, "the room has ended");
        }
    }

    /** Writes plain values, leaf by leaf. */
    record Branches(String source, List<BranchWrite> writes,
            CompletableFuture<WriteOutcome> answer) implements Write {
    }

    /** Applies an update of a client. */
    record Raw(String source, byte[] update, boolean mayChange,
            CompletableFuture<WriteOutcome> answer) implements Write {
    }
}
