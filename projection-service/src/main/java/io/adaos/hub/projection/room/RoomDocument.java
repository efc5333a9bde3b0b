package io.adaos.hub.projection.room;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.UpdateFit;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.room.branch.LeafReconciler;
import io.adaos.hub.projection.room.mailbox.RoomCommand;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.upkeep.RoomRotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Carries out what is to change in the live document of a room. Writer only. */
final class RoomDocument {

    private static final byte[] NOTHING = new byte[0];

    private final Doc doc;
    private final RoomRotation rotation;

    RoomDocument(LoadedDoc loaded, RoomServices services) {
        this.doc = loaded.doc();
        this.rotation = new RoomRotation(loaded.lease().webspace(), doc, loaded.pastIds(),
                services.upkeep());
    }

    /** Does what a command asks for, and answers at once what is refused. */
    void perform(RoomCommand.Write write, RoomBatch batch) {
        if (write instanceof RoomCommand.Branches branches) {
            List<Long> sizes = new ArrayList<>();
            byte[] update = doc.transact(branches.write().source(), transaction ->
                    new LeafReconciler(transaction, doc).apply(branches.write().writes(), sizes));
            batch.add(update, sizes, branches.answer());
        } else if (write instanceof RoomCommand.Raw raw) {
            perform(raw, batch);
        }
    }

    private void perform(RoomCommand.Raw raw, RoomBatch batch) {
        try {
            UpdateFit fit = doc.fitOf(raw.update());
            if (fit == UpdateFit.KNOWN) {
                batch.add(NOTHING, List.of(), raw.answer());
            } else if (!raw.mayChange()) {
                raw.refuse(WriteOutcome.Reason.NOT_ALLOWED, "this credential may only read");
            } else if (fit == UpdateFit.GAP) {
                raw.refuse(WriteOutcome.Reason.GAP, "earlier updates have not arrived");
            } else {
                batch.add(doc.apply(raw.update(), raw.owner()),
                        List.of((long) raw.update().length), raw.answer());
            }
        } catch (MalformedUpdateException e) {
            raw.refuse(WriteOutcome.Reason.MALFORMED, e.getMessage());
        }
    }

    /** Adds to a batch that changed something what it made due for rotation. */
    void rotateAfter(RoomBatch batch, long nowMillis) {
        if (batch.hasChanged()) {
            rotation.afterBatch(batch.updateBytes(), nowMillis)
                    .forEach(update -> add(update, batch));
        }
    }

    /** Whether something may be due for rotation although nothing is written. */
    boolean isRotationWaiting(long nowMillis) {
        return rotation.isWaiting(nowMillis);
    }

    /** Adds to a batch what is due for rotation. */
    void rotate(RoomBatch batch, long nowMillis) {
        rotation.rotate(nowMillis).forEach(update -> add(update, batch));
    }

    private static void add(byte[] update, RoomBatch batch) {
        batch.add(update, List.of(), new CompletableFuture<>());
    }
}
