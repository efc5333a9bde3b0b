package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Structs and deletes that arrived before what they need. */
final class PendingUpdates {
    private final PendingLimits limits;
    private final Map<ClientStructs, TreeMap<Long, Struct>> structs = new HashMap<>();
    private final Map<ClientStructs, Long> missing = new HashMap<>();
    private final Map<Long, TreeMap<Long, Long>> deletes = new HashMap<>();
    private int structCount;
    private int rangeCount;
    private long bytes;

    PendingUpdates(PendingLimits limits) {
        this.limits = limits;
    }

    boolean isEmpty() {
        return structCount == 0 && rangeCount == 0;
    }

    int structCount() {
        return structCount;
    }

    int rangeCount() {
        return rangeCount;
    }

    /** Refuses an update of which more would have to wait than is allowed. */
    void checkRoom(DecodedUpdate update, IntegrationPlan plan, ClientTable clients)
            throws MalformedUpdateException {
        int newStructs = plan.waitingCount();
        int newRanges = update.deleted().isEmpty()
                ? 0 : plan.countBeyond(update.deleted(), clients);
        if (newStructs == 0 && newRanges == 0) {
            return;
        }
        if (structCount + newStructs > limits.structsMax()
                || rangeCount + newRanges > limits.rangesMax()
                || bytes + update.size() > limits.bytesMax()) {
            throw new MalformedUpdateException("update needs others that are not here, and "
                    + structCount + " structs and " + rangeCount + " deletes wait already", 0);
        }
    }

    /** Keeps what a plan could not use; {@code size} bytes came with it. */
    void keep(IntegrationPlan plan, int size, StructStore store) {
        List<StructBlock> waiting = plan.waiting();
        if (waiting.isEmpty()) {
            return;
        }
        bytes += size;
        plan.missing().forEach((client, clock) -> missing.merge(client, clock, Math::min));
        for (StructBlock block : waiting) {
            TreeMap<Long, Struct> known =
                    structs.computeIfAbsent(block.client, client -> new TreeMap<>());
            structCount -= known.size();
            for (Struct struct : block.rest()) {
                adoptClients(struct, store);
                known.merge(struct.clock, struct, (a, b) -> a.length >= b.length ? a : b);
            }
            structCount += known.size();
        }
    }

    /** Later updates must find the same objects for the clients a waiting struct names. */
    private static void adoptClients(Struct struct, StructStore store) {
        store.adopt(struct.client);
        if (struct instanceof Item item) {
            if (item.originClient != null) {
                store.adopt(item.originClient);
            }
            if (item.rightOriginClient != null) {
                store.adopt(item.rightOriginClient);
            }
            if (item.parent instanceof Parent.OwnerId owner) {
                store.adopt(owner.client());
            }
        }
    }

    /** Whether something that was missing arrived in this transaction. */
    boolean canRetry(Transaction transaction) {
        for (ClientStructs client : transaction.changedClients()) {
            Long needed = missing.get(client);
            if (needed != null && needed < client.nextClock()) {
                return true;
            }
        }
        return false;
    }

    /** Takes out all structs that wait. */
    List<StructBlock> takeStructs() {
        List<StructBlock> blocks = structBlocks();
        structs.clear();
        missing.clear();
        structCount = 0;
        bytes = 0;
        return blocks;
    }

    /** All structs that wait, clients descending. */
    List<StructBlock> structBlocks() {
        List<StructBlock> blocks = new ArrayList<>();
        structs.forEach((client, waiting) ->
                blocks.add(new StructBlock(client, new ArrayList<>(waiting.values()))));
        blocks.sort(Comparator.comparingLong((StructBlock block) -> block.client.id).reversed());
        return blocks;
    }

    /** Keeps deletes of units that are not there yet. */
    void keepDeletes(long client, long clock, long length) {
        TreeMap<Long, Long> ranges = deletes.computeIfAbsent(client, id -> new TreeMap<>());
        rangeCount -= ranges.size();
        ranges.merge(clock, length, Math::max);
        rangeCount += ranges.size();
    }

    /** Carries out the deletes whose units arrived in this transaction. */
    void retryDeletes(Transaction transaction) {
        if (rangeCount == 0) {
            return;
        }
        for (ClientStructs client : List.copyOf(transaction.changedClients())) {
            TreeMap<Long, Long> ranges = deletes.get(client.id);
            if (ranges == null) {
                continue;
            }
            rangeCount -= ranges.size();
            deletes.remove(client.id);
            ranges.forEach((clock, length) ->
                    deleteKnown(transaction, client.id, clock, length));
        }
    }

    /** Deletes the units of a range that are there, and keeps the rest for later. */
    void deleteKnown(Transaction transaction, long id, long clock, long length) {
        ClientStructs client = transaction.store.known(id);
        long known = client == null ? 0 : client.nextClock();
        if (clock < known) {
            transaction.deleteRange(client, clock, Math.min(length, known - clock));
        }
        if (clock + length > known) {
            long from = Math.max(clock, known);
            keepDeletes(id, from, clock + length - from);
        }
    }

    /** All deletes that wait. */
    DeleteSet deletes() {
        DeleteSet.Builder all = new DeleteSet.Builder();
        deletes.forEach((client, ranges) ->
                ranges.forEach((clock, length) -> all.add(client, clock, length)));
        return all.build();
    }
}
