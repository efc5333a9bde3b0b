package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Finds types that would be nested too deeply before any of them is in a document. */
final class NestingCheck {
    /*
     * Notes.
     *
     * Only few updates name their parents: an item with a neighbour has its parent from that
     * neighbour. Chains of neighbours inside the update are followed once and remembered, so
     * the cost is in proportion to the update. Structs that overlap can name each other in a
     * circle; such a chain ends when it is longer than the update. Most updates hold too few
     * types to matter and are not looked at.
     */

    private final Map<ClientStructs, StructBlock> blocks = new HashMap<>();
    private final int chainMax;
    private final Map<Item, Integer> depths = new IdentityHashMap<>();  // of an item's parent

    private NestingCheck(List<StructBlock> incoming) {
        int structs = 0;
        for (StructBlock block : incoming) {
            blocks.put(block.client, block);
            structs += block.structs.size();
        }
        this.chainMax = structs;
    }

    /**
     * Whether integrating a plan would nest types deeper than allowed.
     *
     * @param deepest depth of the deepest type in the document now
     */
    static boolean exceeds(IntegrationPlan plan, int deepest, int depthMax) {
        int types = 0;
        for (Struct struct : plan.ready()) {
            types += struct instanceof Item item && item.content() instanceof ContentType ? 1 : 0;
        }
        if (deepest + types <= depthMax) {
            return false;
        }
        NestingCheck check = new NestingCheck(plan.blocks());
        for (Struct struct : plan.ready()) {
            if (struct instanceof Item item && item.content() instanceof ContentType type) {
                type.node.depth = check.parentDepth(item) + 1;
                if (type.node.depth > depthMax) {
                    return true;
                }
            }
        }
        return false;
    }

    private int parentDepth(Item item) {
        List<Item> chain = new ArrayList<>();
        Item at = item;
        int depth = -1;
        while (depth < 0) {
            Integer known = depths.get(at);
            if (known != null) {
                depth = known;
            } else if (at.parent instanceof TypeNode node) {
                depth = node.depth;
            } else if (at.parent instanceof Parent.RootName) {
                depth = 0;
            } else if (at.parent instanceof Parent.OwnerId owner) {
                depth = find(owner.client(), owner.clock()) instanceof Item holder
                        && holder.content() instanceof ContentType type ? type.node.depth : 0;
            } else {
                chain.add(at);
                Struct neighbour = at.originClient() != null
                        ? find(at.originClient(), at.originClock())
                        : find(at.rightOriginClient(), at.rightOriginClock());
                if (neighbour instanceof Item next && chain.size() <= chainMax) {
                    at = next;
                } else {
                    depth = 0;
                }
            }
        }
        for (Item passed : chain) {
            depths.put(passed, depth);
        }
        return depth;
    }

    /** A struct by its id, from the document or else from the update. */
    private Struct find(ClientStructs client, long clock) {
        return clock < client.nextClock() ? client.find(clock) : blocks.get(client).find(clock);
    }
}
