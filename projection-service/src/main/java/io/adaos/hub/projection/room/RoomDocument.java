package io.adaos.hub.projection.room;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.ProposedUpdate;
import io.adaos.hub.projection.crdt.UpdateFit;
import io.adaos.hub.projection.crdt.UpdatePreview;
import io.adaos.hub.projection.crdt.YMap;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.branch.LeafReconciler;
import io.adaos.hub.projection.room.branch.RoomDocs;
import io.adaos.hub.projection.room.mailbox.ClientUpdate;
import io.adaos.hub.projection.room.mailbox.RoomCommand;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.upkeep.DocRepair;
import io.adaos.hub.projection.room.upkeep.RoomRotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Carries out what is to change in the live document of a room. Writer only. */
final class RoomDocument {

    private static final byte[] NOTHING = new byte[0];

    /** Paths one update may touch; of one with more none is known, and nobody declared so many. */
    private static final int PATHS_MAX = 1_024;

    private final Doc doc;
    private final RoomRotation rotation;
    private final DocRepair repair;

    RoomDocument(LoadedDoc loaded, RoomServices services) {
        this.doc = loaded.doc();
        this.rotation = new RoomRotation(loaded.lease().webspace(), doc, loaded.pastIds(),
                services.upkeep());
        this.repair = services.upkeep().repair();
    }

    /** Whether operations and notifications have their branches. */
    boolean isFilled() {
        YMap runtime = doc.getMap("runtime");
        return runtime.has("operations") && runtime.has("notifications");
    }

    /** What must be written before anything else, if anything must. */
    Optional<RoomWrite> repair() {
        List<BranchWrite> writes = repair.plan(RoomDocs.materialize(doc));
        return writes.isEmpty() ? Optional.empty() : Optional.of(
                new RoomWrite(DocRepair.OWNER, DocRepair.CAUSE, writes, 0));
    }

    /**
     * Does what a command asks for, and answers at once what is refused.
     *
     * @param generation the newest in the log
     */
    void perform(RoomCommand.Write write, RoomBatch batch, long generation) {
        if (write instanceof RoomCommand.Branches branches) {
            List<Long> sizes = new ArrayList<>();
            byte[] update = doc.transact(branches.write().source(), transaction ->
                    new LeafReconciler(transaction, doc).apply(branches.write().writes(), sizes));
            batch.add(update, sizes, branches.answer());
        } else if (write instanceof RoomCommand.Raw raw) {
            perform(raw, batch, generation);
        }
    }

    private void perform(RoomCommand.Raw raw, RoomBatch batch, long generation) {
        ClientUpdate update = raw.update();
        try {
            ProposedUpdate proposed = propose(update);
            UpdatePreview effect = proposed.preview();
            if (effect.fit() == UpdateFit.KNOWN) {
                batch.add(NOTHING, List.of(), raw.answer());
            } else if (effect.fit() == UpdateFit.GAP) {
                raw.refuse(WriteOutcome.Reason.GAP, "earlier updates have not arrived");
            } else if (!update.admits(effect, generation)) {
                raw.refuse(WriteOutcome.Reason.NOT_ALLOWED, "its sender may not do that");
            } else {
                batch.add(doc.apply(proposed, update.owner()),
                        List.of((long) update.bytes().length), raw.answer());
            }
        } catch (MalformedUpdateException e) {
            raw.refuse(WriteOutcome.Reason.MALFORMED, e.getMessage());
        }
    }

    /** An update that does not fit alone may fit with those before it that wait elsewhere. */
    private ProposedUpdate propose(ClientUpdate update) throws MalformedUpdateException {
        byte[] bytes = update.bytes();
        ProposedUpdate alone = doc.propose(bytes, PATHS_MAX, DecodeLimits.LIVE_PEER);
        if (alone.preview().fit() != UpdateFit.GAP) {
            return alone;
        }
        byte[] all = update.withEarlier();
        return all == bytes ? alone : doc.propose(all, PATHS_MAX, DecodeLimits.LIVE_PEER);
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
