package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Structs and deletes that arrived before what they need. */
final class PendingUpdates {
    private final PendingLimits limits;
    private final Map<ClientStructs, TreeMap<Long, Struct>> structs = new HashMap<>();
    private final Blockers blockers = new Blockers();
    private final Map<Long, TreeMap<Long, Long>> deletes = new HashMap<>();
    private final Map<Long, Long> waitingSince = new HashMap<>();   // client to millis
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

    /** Keeps what the plan of an update could not use; {@code size} bytes came with it. */
    void keep(IntegrationPlan plan, int size, StructStore store) {
        List<StructBlock> waiting = plan.waiting();
        if (waiting.isEmpty()) {
            return;
        }
        bytes += size;
        for (StructBlock block : waiting) {
            TreeMap<Long, Struct> known =
                    structs.computeIfAbsent(block.client, client -> new TreeMap<>());
            structCount -= known.size();
            for (Struct struct : block.rest()) {
                adoptClients(struct, store);
                known.merge(struct.clock(), struct, (a, b) -> a.length() >= b.length() ? a : b);
            }
            structCount += known.size();
            if (known.firstEntry().getValue() == block.rest().get(0)) {
                blockers.set(block.client, block.needed, block.neededClock);
            }
        }
    }

    /** Later updates must find the same objects for the clients a waiting struct names. */
    private static void adoptClients(Struct struct, StructStore store) {
        store.adopt(struct.client());
        if (struct instanceof Item item) {
            if (item.originClient() != null) {
                store.adopt(item.originClient());
            }
            if (item.rightOriginClient() != null) {
                store.adopt(item.rightOriginClient());
            }
            if (item.parent instanceof Parent.OwnerId owner) {
                store.adopt(owner.client());
            }
        }
    }

    /**
     * What waited for something of these clients that is there now; it stays here until
     * {@link #take} has seen what became of it.
     */
    List<StructBlock> wokenBy(Collection<ClientStructs> arrived) {
        if (structCount == 0) {
            return List.of();
        }
        Set<ClientStructs> woken = new LinkedHashSet<>();
        for (ClientStructs client : arrived) {
            woken.addAll(blockers.wokenBy(client));
            TreeMap<Long, Struct> own = structs.get(client);
            if (own != null && own.firstKey() < client.nextClock()) {
                woken.add(client);
            }
        }
        List<StructBlock> blocks = new ArrayList<>();
        for (ClientStructs client : woken) {
            blocks.add(StructBlock.lazy(client, structs.get(client).values().iterator()));
        }
        return blocks;
    }

    /** Takes out what a plan used of woken blocks; gives the clients that got further by it. */
    List<ClientStructs> take(IntegrationPlan plan) {
        List<ClientStructs> advanced = new ArrayList<>();
        for (StructBlock block : plan.blocks()) {
            TreeMap<Long, Struct> waiting = structs.get(block.client);
            for (int i = 0; i < block.plannedCount(); i++) {
                waiting.pollFirstEntry();
            }
            structCount -= block.plannedCount();
            if (block.plannedCount() > 0) {
                advanced.add(block.client);
                waitingSince.remove(block.client.id);
            }
            if (waiting.isEmpty()) {
                forget(block.client);
            } else {
                blockers.set(block.client, block.needed, block.neededClock);
            }
        }
        return advanced;
    }

    /** Drops all that waits of these clients. */
    void drop(List<StructBlock> blocks) {
        for (StructBlock block : blocks) {
            structCount -= structs.get(block.client).size();
            forget(block.client);
        }
    }

    private void forget(ClientStructs client) {
        structs.remove(client);
        blockers.remove(client);
        bytes = structCount == 0 ? 0 : bytes;
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
            while (!ranges.isEmpty() && ranges.firstKey() < client.nextClock()) {
                Map.Entry<Long, Long> range = ranges.pollFirstEntry();
                rangeCount--;
                waitingSince.remove(client.id);
                deleteKnown(transaction, client.id, range.getKey(), range.getValue());
            }
            if (ranges.isEmpty()) {
                deletes.remove(client.id);
            }
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

    /** Drops what has waited for too long; time counts from the first call that finds it. */
    ExpiredPending expire(long nowMillis) {
        Set<Long> waiting = new HashSet<>(deletes.keySet());
        structs.keySet().forEach(client -> waiting.add(client.id));
        waitingSince.keySet().retainAll(waiting);
        int structsBefore = structCount;
        int rangesBefore = rangeCount;
        for (long client : waiting) {
            Long since = waitingSince.putIfAbsent(client, nowMillis);
            if (since != null && nowMillis - since > limits.ageMillisMax()) {
                drop(client);
            }
        }
        return new ExpiredPending(structsBefore - structCount, rangesBefore - rangeCount);
    }

    private void drop(long id) {
        waitingSince.remove(id);
        for (ClientStructs client : List.copyOf(structs.keySet())) {
            if (client.id == id) {
                structCount -= structs.get(client).size();
                forget(client);
            }
        }
        TreeMap<Long, Long> ranges = deletes.remove(id);
        rangeCount -= ranges == null ? 0 : ranges.size();
    }
}
