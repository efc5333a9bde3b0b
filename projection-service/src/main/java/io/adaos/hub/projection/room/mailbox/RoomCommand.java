package io.adaos.hub.projection.room.mailbox;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a room is asked to do. */
public sealed interface RoomCommand {

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

        /** With whose writes it waits. */
        String owner();

        /** Its share of what may wait. */
        int bytes();

        /** Whether it is refused when too much of its owner waits already. */
        boolean isBounded();

        /** Whether it need not wait for the log; one that is owed to its writer does. */
        default boolean mayBeRefused() {
            return true;
        }

        default void refuse(WriteOutcome.Reason reason, String detail) {
            answer().complete(new WriteOutcome.Refused(reason, detail));
        }

        @Override
        default void abandon() {
            refuse(WriteOutcome.Reason.ROOM_CLOSED, "the room has ended");
        }
    }

    /** Writes plain values, leaf by leaf. */
    record Branches(RoomWrite write, CompletableFuture<WriteOutcome> answer) implements Write {
        @Override
        public String owner() {
            return write.owner();
        }

        @Override
        public int bytes() {
            return write.bytes();
        }

        @Override
        public boolean isBounded() {
            return !write.owner().startsWith("core:");
        }

        @Override
        public boolean mayBeRefused() {
            return write.promise().withhold();
        }
    }

    /** Applies an update of a client. */
    record Raw(ClientUpdate update, CompletableFuture<WriteOutcome> answer) implements Write {
        @Override
        public String owner() {
            return update.owner();
        }

        @Override
        public int bytes() {
            return update.bytes().length;
        }

        @Override
        public boolean isBounded() {
            return false;
        }
    }
}
