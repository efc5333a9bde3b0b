package io.adaos.hub.projection.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The commands that wait for a room's writer, in order. Safe for use by any thread.
 *
 * <p>Writes of branches are bounded by number. Raw updates are bounded by their sockets, which send
 * one at a time, and so are reads.
 */
final class RoomMailbox {

    private final int writesMax;
    private final Deque<RoomCommand> waiting = new ArrayDeque<>();
    private int writes;
    private boolean closed;

    RoomMailbox(int writesMax) {
        this.writesMax = writesMax;
    }

    /** Takes a command in, or answers it at once when there is no place or no room any more. */
    void offer(RoomCommand command) {
        boolean full;
        synchronized (this) {
            full = !closed && command instanceof RoomCommand.Branches && writes >= writesMax;
            if (!closed && !full) {
                waiting.add(command);
                if (command instanceof RoomCommand.Branches) {
                    writes++;
                }
                return;
            }
        }
        if (full && command instanceof RoomCommand.Write write) {
            write.refuse(WriteOutcome.Reason.MAILBOX_FULL, writesMax + " writes wait already");
        } else {
            command.abandon();
        }
    }

    /** Takes out up to so many commands, oldest first. */
    synchronized List<RoomCommand> take(int max) {
        List<RoomCommand> taken = new ArrayList<>(Math.min(max, waiting.size()));
        while (taken.size() < max && !waiting.isEmpty()) {
            RoomCommand next = waiting.remove();
            if (next instanceof RoomCommand.Branches) {
                writes--;
            }
            taken.add(next);
        }
        return taken;
    }

    /** Takes out everything and takes nothing in any more. */
    synchronized List<RoomCommand> close() {
        closed = true;
        return take(Integer.MAX_VALUE);
    }
}
