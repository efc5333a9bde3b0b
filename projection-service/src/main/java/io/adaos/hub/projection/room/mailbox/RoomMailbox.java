package io.adaos.hub.projection.room.mailbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands that wait for a room's writer: one bounded lane per owner, from which is taken in
 * turn, so that an owner who writes much waits for itself and for nobody else. Safe for use by any
 * thread.
 *
 * <p>Raw updates and writes of the hub's own parts find no bound here: a socket is not read while
 * its updates wait, and the parts write one batch at a time. Reads are bounded by those who ask.
 */
public final class RoomMailbox {

    /** The lane of one owner. */
    private static final class Lane {
        private final Deque<RoomCommand.Write> waiting = new ArrayDeque<>();
        private long bytes;
    }

    private final MailboxLimits limits;
    private final Deque<RoomCommand.Read> reads = new ArrayDeque<>();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();     // whose turn it is first
    private boolean closed;

    public RoomMailbox(MailboxLimits limits) {
        this.limits = limits;
    }

    /** Takes a command in, or answers it at once when there is no place or no room any more. */
    public void offer(RoomCommand command) {
        boolean gone;
        synchronized (this) {
            gone = closed;
            if (!gone && command instanceof RoomCommand.Read read) {
                reads.add(read);
                return;
            }
            if (!gone && command instanceof RoomCommand.Write write && isPlaceFor(write)) {
                Lane lane = lanes.computeIfAbsent(write.owner(), owner -> new Lane());
                lane.waiting.add(write);
                lane.bytes += write.bytes();
                return;
            }
        }
        if (!gone && command instanceof RoomCommand.Write write) {
            write.refuse(WriteOutcome.Reason.MAILBOX_FULL, "at most " + limits.laneCommandsMax()
                    + " writes or " + limits.laneBytesMax() + " bytes of one owner may wait");
        } else {
            command.abandon();
        }
    }

    private boolean isPlaceFor(RoomCommand.Write write) {
        Lane lane = lanes.get(write.owner());
        return lane == null || !write.isBounded()
                || lane.waiting.size() < limits.laneCommandsMax()
                        && lane.bytes + write.bytes() <= limits.laneBytesMax();
    }

    /**
     * Takes out one batch: reads first, as they look at what the log already holds, then one write
     * of each owner in turn until the batch is full. A batch holds at least one command of those
     * that wait.
     */
    public synchronized List<RoomCommand> take() {
        List<RoomCommand> taken = new ArrayList<>();
        while (!reads.isEmpty() && taken.size() < limits.batchMax()) {
            taken.add(reads.remove());
        }
        int readCount = taken.size();
        long bytes = 0;
        while (!lanes.isEmpty() && taken.size() - readCount < limits.batchMax()
                && bytes < limits.batchBytesMax()) {
            RoomCommand.Write next = takeOfNextOwner();
            bytes += next.bytes();
            taken.add(next);
        }
        return taken;
    }

    private RoomCommand.Write takeOfNextOwner() {
        Map.Entry<String, Lane> turn = lanes.entrySet().iterator().next();
        lanes.remove(turn.getKey());
        RoomCommand.Write next = turn.getValue().waiting.remove();
        turn.getValue().bytes -= next.bytes();
        if (!turn.getValue().waiting.isEmpty()) {
            lanes.put(turn.getKey(), turn.getValue());
        }
        return next;
    }

    /** Whether nothing waits. */
    public synchronized boolean isEmpty() {
        return reads.isEmpty() && lanes.isEmpty();
    }

    /** Takes out what need not wait for the log, of each owner in order. */
    public synchronized List<RoomCommand> takeRefusable() {
        List<RoomCommand> taken = takeReads();
        for (Lane lane : lanes.values()) {
            lane.waiting.removeIf(write -> {
                boolean out = write.mayBeRefused();
                if (out) {
                    lane.bytes -= write.bytes();
                    taken.add(write);
                }
                return out;
            });
        }
        lanes.values().removeIf(lane -> lane.waiting.isEmpty());
        return taken;
    }

    /** Takes out everything and takes nothing in any more. */
    public synchronized List<RoomCommand> close() {
        closed = true;
        List<RoomCommand> taken = takeReads();
        lanes.values().forEach(lane -> taken.addAll(lane.waiting));
        lanes.clear();
        return taken;
    }

    private List<RoomCommand> takeReads() {
        List<RoomCommand> taken = new ArrayList<>(reads);
        reads.clear();
        return taken;
    }
}
