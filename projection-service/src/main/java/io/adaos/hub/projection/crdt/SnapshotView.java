package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Encodes what a document was at an earlier moment, as far as its content is still there. */
final class SnapshotView {
    private final StructStore store;
    private final StateSnapshot snapshot;

    SnapshotView(StructStore store, StateSnapshot snapshot) {
        this.store = store;
        this.snapshot = snapshot;
    }

    byte[] encode() {
        List<StructBlock> blocks = new ArrayList<>();
        for (Map.Entry<Long, Long> entry : snapshot.vector().entries().entrySet()) {
            ClientStructs client = store.known(entry.getKey());
            if (client == null || client.nextClock() < entry.getValue()) {
                throw new IllegalStateException("the snapshot knows client " + entry.getKey()
                        + " up to " + entry.getValue() + ", the document does not; apply the"
                        + " updates it was taken after first");
            }
            blocks.add(blockOf(client, entry.getValue()));
        }
        return UpdateWriter.encodeBlocks(blocks, snapshot.deleted());
    }

    private StructBlock blockOf(ClientStructs client, long end) {
        StructBlock block = new StructBlock(client);
        for (int position = client.first();
                position != ClientStructs.NONE && client.at(position).clock() < end;
                position = client.next(position)) {
            Struct struct = headOf(client.at(position), end);
            boolean collected = struct instanceof Gc
                    || struct instanceof Item item && item.content() instanceof ContentDeleted;
            DeleteSet deleted = snapshot.deleted();
            if (collected && !deleted.containsAll(client.id, struct.clock(), struct.length())) {
                throw new IllegalStateException("content of client " + client.id + " at "
                        + struct.clock() + " was visible in the snapshot and is collected; keep"
                        + " deleted content (DeletedContent.KEEP) to restore snapshots");
            }
            block.structs.add(struct);
        }
        return block;
    }

    /** A struct without the units from {@code end} on; the one in the document stays whole. */
    private static Struct headOf(Struct struct, long end) {
        if (struct.end() <= end) {
            return struct;
        }
        long units = end - struct.clock();
        if (!(struct instanceof Item item)) {
            return new Gc(struct.client(), struct.clock(), units);
        }
        return item.head(units);
    }
}
