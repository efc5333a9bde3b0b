package io.adaos.hub.projection.room;

import io.adaos.hub.contracts.status.StateSync.Fallback;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.room.fact.RoomFacts;
import io.adaos.hub.projection.room.fact.RoomHealth;
import io.adaos.hub.projection.room.fact.SnapshotFallbacks.Reason;
import io.adaos.hub.projection.room.reader.RoomReaders;
import io.adaos.hub.projection.room.reader.StandIn;

/** What a room lets other threads know of itself. */
final class RoomWatch {

    private final RoomDocument document;
    private final DurableCopy durable;
    private final RoomReaders readers;
    private final StandIn standIn;
    private final int rowsMax;
    private final Publications publications;      // any thread
    private volatile boolean incomplete;          // any thread
    private volatile Seen seen;                   // written by the writer

    /** What only the writer knows. */
    private record Seen(boolean filled, Fallback fallback, RoomFacts.Replay replay) {
    }

    /** @param rowsMax updates that make a snapshot */
    RoomWatch(RoomDocument document, LoadedDoc loaded, RoomReaders readers, StandIn standIn,
            int rowsMax) {
        this.document = document;
        this.durable = loaded.durable();
        this.readers = readers;
        this.standIn = standIn;
        this.rowsMax = rowsMax;
        this.publications = new Publications(loaded.generation(), System.nanoTime());
        look();
    }

    /** Notes for other threads how it is now. Writer only. */
    void look() {
        seen = new Seen(document.isFilled(),
                standIn.isShown() ? Reason.STORE_LOST.mode() : readers.fallback(),
                new RoomFacts.Replay(durable.baseBytes() > 0, durable.tailRows(), rowsMax));
    }

    /** One more generation is in the log. Writer only. */
    void published(long generation) {
        publications.published(generation, System.nanoTime());
        look();
    }

    void incomplete(boolean now) {
        incomplete = now;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    RoomHealth health(boolean logAvailable) {
        return RoomHealth.of(logAvailable, incomplete);
    }

    RoomFacts facts(boolean logAvailable) {
        Seen now = seen;
        return new RoomFacts(health(logAvailable), now.filled(), now.fallback(), now.replay(),
                publications);
    }
}
