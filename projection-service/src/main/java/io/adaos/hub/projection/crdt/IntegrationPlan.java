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

    private record Waiting(StructBlock block, int index) {
        Struct struct() {
            return block.structs.get(index);
        }
    }

    private final List<StructBlock> blocks;
    private final List<Struct> ready = new ArrayList<>();
    private final Map<ClientStructs, Long> missing = new HashMap<>();
    private final Deque<Waiting> stack = new ArrayDeque<>();

    private IntegrationPlan(List<StructBlock> blocks) {
        this.blocks = new ArrayList<>(blocks);
        this.blocks.sort(Comparator.comparingLong((StructBlock block) -> block.client.id)
                .reversed());
    }

    static IntegrationPlan of(List<StructBlock> blocks) {
        IntegrationPlan plan = new IntegrationPlan(blocks);
        for (StructBlock block : blocks) {
            block.plannedClock = block.client.nextClock();
            block.client.incoming = block;
        }
        for (StructBlock block : plan.blocks) {
            while (block.hasNext()) {
                plan.schedule(new Waiting(block, block.next++));
            }
        }
        for (StructBlock block : blocks) {
            block.client.incoming = null;
        }
        return plan;
    }

    /** Structs in an order in which each finds what it needs. */
    List<Struct> ready() {
        return ready;
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

    /** Clients of which more must be known, and the clock that must be passed. */
    Map<ClientStructs, Long> missing() {
        return missing;
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
            if (struct.clock > block.plannedClock) {
                stack.push(head);
                giveUp(struct.client, struct.clock - 1);
            } else {
                ClientStructs needed = struct instanceof Item item ? missingClient(item) : null;
                if (needed != null) {
                    stack.push(head);
                    StructBlock source = needed.incoming;
                    if (source != null && source.hasNext()) {
                        head = new Waiting(source, source.next++);
                        continue;
                    }
                    giveUp(needed, clockOf(needed));
                } else {
                    ready.add(struct);
                    block.plannedClock = Math.max(block.plannedClock, struct.end());
                }
            }
            head = stack.poll();
        }
    }

    /** Leaves everything on the stack, and what follows it, for later. */
    private void giveUp(ClientStructs client, long clock) {
        missing.merge(client, clock, Math::min);
        while (!stack.isEmpty()) {
            Waiting waiting = stack.pop();
            StructBlock block = waiting.block();
            block.restFrom = block.restFrom < 0
                    ? waiting.index() : Math.min(block.restFrom, waiting.index());
        }
    }

    /** A client whose struct this one needs and that is not planned yet, or null. */
    private static ClientStructs missingClient(Item item) {
        if (isMissing(item, item.originClient, item.originClock)) {
            return item.originClient;
        }
        if (isMissing(item, item.rightOriginClient, item.rightOriginClock)) {
            return item.rightOriginClient;
        }
        if (item.parent instanceof Parent.OwnerId owner
                && isMissing(item, owner.client(), owner.clock())) {
            return owner.client();
        }
        return null;
    }

    private static boolean isMissing(Item item, ClientStructs client, long clock) {
        return client != null && client != item.client && clock >= clockOf(client);
    }

    private static long clockOf(ClientStructs client) {
        return client.incoming != null ? client.incoming.plannedClock : client.nextClock();
    }
}
