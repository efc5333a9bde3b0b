package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.codec.StringCache;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Joins updates without a document: structs that wait for others are kept as they are. */
public final class UpdateMerge {
    private UpdateMerge() {}

    /** One update that brings what all the given ones bring; with the default limits. */
    public static byte[] merge(List<byte[]> updates) throws MalformedUpdateException {
        return merge(updates, DecodeLimits.DEFAULT);
    }

    /** One update that brings what all the given ones bring; a single one is given back. */
    public static byte[] merge(List<byte[]> updates, DecodeLimits limits)
            throws MalformedUpdateException {
        if (updates.size() == 1) {
            return updates.get(0);
        }
        ClientTable clients = new ClientTable();
        StringCache names = new StringCache();
        Map<ClientStructs, StructBlock> blocks = new HashMap<>();
        List<DeleteSet> deletes = new ArrayList<>();
        for (byte[] bytes : updates) {
            DecodedUpdate update = UpdateReader.read(bytes, limits, clients, names);
            for (StructBlock block : update.blocks()) {
                blocks.computeIfAbsent(block.client, StructBlock::new)
                        .structs.addAll(block.structs);
            }
            deletes.add(update.deleted());
        }
        blocks.values().forEach(StructBlock::sort);
        return UpdateWriter.encodeBlocks(joinBlocks(blocks.values()), DeleteSet.union(deletes));
    }

    /** The same blocks without overlaps and with their holes filled, clients descending. */
    static List<StructBlock> joinBlocks(Collection<StructBlock> blocks) {
        List<StructBlock> joined = new ArrayList<>();
        for (StructBlock block : blocks) {
            if (!block.structs.isEmpty()) {
                joined.add(withoutOverlaps(block));
            }
        }
        joined.sort(Comparator.comparingLong((StructBlock block) -> block.client.id).reversed());
        return joined;
    }

    private static StructBlock withoutOverlaps(StructBlock block) {
        StructBlock joined = new StructBlock(block.client, new ArrayList<>(block.structs.size()));
        long clock = block.structs.get(0).clock();
        for (Struct struct : block.structs) {
            if (struct.clock() > clock) {
                joined.structs.add(new Skip(block.client, clock, struct.clock() - clock));
                clock = struct.clock();
            }
            if (struct.end() > clock) {
                joined.structs.add(tailOf(struct, clock - struct.clock()));
                clock = struct.end();
            }
        }
        return joined;
    }

    /** A struct without its first units; the given one stays as it is. */
    static Struct tailOf(Struct struct, long offset) {
        if (offset == 0) {
            return struct;
        }
        return struct instanceof Item item ? item.tail(offset)
                : new Gc(struct.client(), struct.clock() + offset, struct.length() - offset);
    }
}
