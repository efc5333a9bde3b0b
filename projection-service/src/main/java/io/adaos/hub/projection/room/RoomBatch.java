package io.adaos.hub.projection.room;

import io.adaos.hub.projection.crdt.UpdateMerge;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.room.mailbox.RoomCommand;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What one round of a room's writer did: one generation, if it changed anything. */
final class RoomBatch {

    private record Settled(
            CompletableFuture<WriteOutcome> answer, boolean changed, List<Long> sizes) {
    }

    private final List<byte[]> updates = new ArrayList<>(1);
    private final List<Settled> settled = new ArrayList<>(1);
    private final List<RoomCommand.Read> reads = new ArrayList<>(1);

    /**
     * A write was carried out; an empty update says that nothing had to be changed.
     *
     * @param sizes of what each write of it changed, as its writer is told
     */
    void add(byte[] update, List<Long> sizes, CompletableFuture<WriteOutcome> answer) {
        boolean changed = update.length > 0;
        if (changed) {
            updates.add(update);
        }
        settled.add(new Settled(answer, changed, sizes));
    }

    /** This one must wait until the log holds the batch. */
    void later(RoomCommand.Read read) {
        reads.add(read);
    }

    /** The reads that wait, oldest first. */
    List<RoomCommand.Read> reads() {
        return reads;
    }

    /** Whether the document is ahead of the log by this batch. */
    boolean hasChanged() {
        return !updates.isEmpty();
    }

    /** Bytes of what it did. */
    long updateBytes() {
        long sum = 0;
        for (byte[] update : updates) {
            sum += update.length;
        }
        return sum;
    }

    /** The whole batch as one update. */
    byte[] update() {
        try {
            return UpdateMerge.merge(updates);
        } catch (MalformedUpdateException e) {
            throw new IllegalStateException("a document made an update that cannot be read", e);
        }
    }

    /** Answers all writers: the log holds everything up to this generation. */
    void answer(long generation) {
        for (Settled each : settled) {
            each.answer().complete(each.changed()
                    ? new WriteOutcome.Applied(generation, each.sizes())
                    : new WriteOutcome.Unchanged(generation));
        }
    }

    /** The log will never hold this batch. */
    void abandon() {
        for (Settled each : settled) {
            each.answer().complete(new WriteOutcome.Refused(
                    WriteOutcome.Reason.ROOM_CLOSED, "the room ended before the write was kept"));
        }
        reads.forEach(RoomCommand.Read::abandon);
    }
}
