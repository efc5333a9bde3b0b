package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In which order structs can be integrated, and which must wait; touches no document. */
final class IntegrationPlan {
    /*
     * Notes.
     *
     * Clients are taken from the highest id down, each in the order of its clocks. A struct
     * that needs one of another client, which is still to come in the same update, waits on a
     * stack until that client's structs have been planned up to it. When nothing can bring
     * what is missing, everything on the stack, and all that follows it in the blocks
     * concerned, must wait. Only clocks decide, so the order can be found before anything
     * is changed.
     */

    /** A struct that was taken from its block, and what it turned out to need first. */
    private record Waiting(StructBlock block, int index, Missing missing) {
        Waiting(StructBlock block) {
            this(block, block.next++, null);
        }

        Waiting on(Missing unit) {
            return new Waiting(block, index, unit);
        }

        Struct struct() {
            return block.structs.get(index);
        }
    }

    /** A unit that is neither in the document nor planned. */
    private record Missing(ClientStructs client, long clock) {}

    private final List<StructBlock> blocks;
    private final Map<ClientStructs, StructBlock> byClient;
    private final List<Struct> ready = new ArrayList<>();
    private final Deque<Waiting> stack = new ArrayDeque<>();
    private boolean cutsItems;

    private IntegrationPlan(List<StructBlock> blocks) {
        this.blocks = new ArrayList<>(blocks);
        this.byClient = new HashMap<>(2 * blocks.size());
        this.blocks.sort(Comparator.comparingLong((StructBlock block) -> block.client.id)
                .reversed());
    }

    static IntegrationPlan of(List<StructBlock> blocks) {
        IntegrationPlan plan = new IntegrationPlan(blocks);
        for (StructBlock block : blocks) {
            block.plannedClock = block.client.nextClock();
            plan.byClient.put(block.client, block);
        }
        for (StructBlock block : plan.blocks) {
            while (block.hasNext()) {
                plan.schedule(new Waiting(block));
            }
        }
        return plan;
    }

    /** Structs in an order in which each finds what it needs. */
    List<Struct> ready() {
        return ready;
    }

    /** Whether of an item that is ready the first units are known, or planned before it. */
    boolean cutsItems() {
        return cutsItems;
    }

    /** All blocks of the plan. */
    List<StructBlock> blocks() {
        return blocks;
    }

    /** The blocks of which something must wait. */
    List<StructBlock> waiting() {
        return blocks.stream().filter(block -> block.restFrom >= 0).toList();
    }

    int waitingCount() {
        int count = 0;
        for (StructBlock block : blocks) {
            count += block.rest().size();
        }
        return count;
    }

    /** How many of the ranges reach beyond what is known once everything ready is integrated. */
    int countBeyond(DeleteSet deleted, ClientTable clients) {
        Map<Long, Long> planned = new HashMap<>();
        blocks.forEach(block -> planned.put(block.client.id, block.plannedClock));
        int[] count = new int[1];
        deleted.forEach((id, clock, length) -> {
            Long known = planned.get(id);
            if (known == null) {
                ClientStructs client = clients.known(id);
                known = client == null ? 0L : client.nextClock();
            }
            count[0] += clock + length > known ? 1 : 0;
        });
        return count[0];
    }

    private void schedule(Waiting first) {
        Waiting head = first;
        while (head != null) {
            Struct struct = head.struct();
            StructBlock block = head.block();
            Missing missing = struct.clock() > block.plannedClock
                    ? new Missing(struct.client(), struct.clock() - 1)
                    : struct instanceof Item item ? missingOf(item) : null;
            if (missing == null) {
                ready.add(struct);
                cutsItems |= struct instanceof Item && struct.clock() < block.plannedClock
                        && struct.end() > block.plannedClock;
                block.plannedClock = Math.max(block.plannedClock, struct.end());
                head = stack.poll();
                continue;
            }
            stack.push(head.on(missing));
            StructBlock source = byClient.get(missing.client());
            if (source != null && source != block && source.hasNext()) {
                head = new Waiting(source);
            } else {
                giveUp();
                head = null;
            }
        }
    }

    /** Leaves everything on the stack, and what follows it, for later. */
    private void giveUp() {
        while (!stack.isEmpty()) {
            Waiting waiting = stack.pop();
            StructBlock block = waiting.block();
            if (block.restFrom < 0 || waiting.index() < block.restFrom) {
                block.restFrom = waiting.index();
                block.needed = waiting.missing().client();
                block.neededClock = waiting.missing().clock();
            }
        }
    }

    /** A unit that this item needs and that is not planned yet, or null. */
    private Missing missingOf(Item item) {
        if (isMissing(item, item.originClient(), item.originClock())) {
            return new Missing(item.originClient(), item.originClock());
        }
        if (isMissing(item, item.rightOriginClient(), item.rightOriginClock())) {
            return new Missing(item.rightOriginClient(), item.rightOriginClock());
        }
        if (item.parent instanceof Parent.OwnerId owner
                && isMissing(item, owner.client(), owner.clock())) {
            return new Missing(owner.client(), owner.clock());
        }
        return null;
    }

    private boolean isMissing(Item item, ClientStructs client, long clock) {
        return client != null && client != item.client() && clock >= clockOf(client);
    }

    private long clockOf(ClientStructs client) {
        StructBlock incoming = byClient.get(client);
        return incoming != null ? incoming.plannedClock : client.nextClock();
    }
}
