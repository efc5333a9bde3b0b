package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import io.adaos.hub.projection.crdt.id.StateVector;
import java.util.ArrayList;
import java.util.List;

/** Cuts what a peer knows out of an update, without a document. */
public final class UpdateDiff {
    private UpdateDiff() {}

    /** What of this update a peer with this vector lacks; with the default limits. */
    public static byte[] diff(byte[] update, StateVector known) throws MalformedUpdateException {
        return diff(update, known, DecodeLimits.DEFAULT);
    }

    /** What of this update a peer with this vector lacks; all deletes stay in. */
    public static byte[] diff(byte[] update, StateVector known, DecodeLimits limits)
            throws MalformedUpdateException {
        DecodedUpdate decoded =
                UpdateReader.read(update, limits, new ClientTable(), new StringCache());
        List<StructBlock> newer = new ArrayList<>();
        for (StructBlock block : UpdateMerge.joinBlocks(decoded.blocks())) {
            StructBlock rest = newerThan(block, known.clockOf(block.client.id));
            if (!rest.structs.isEmpty()) {
                newer.add(rest);
            }
        }
        return UpdateWriter.encodeBlocks(newer, decoded.deleted());
    }

    private static StructBlock newerThan(StructBlock block, long known) {
        StructBlock newer = new StructBlock(block.client);
        for (Struct struct : block.structs) {
            boolean leadingHole = newer.structs.isEmpty() && struct instanceof Skip;
            if (struct.end() > known && !leadingHole) {
                newer.structs.add(UpdateMerge.tailOf(struct, Math.max(known - struct.clock(), 0)));
            }
        }
        return newer;
    }
}
