package io.adaos.hub.projection.crdt;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the place of a new value among many concurrent values of one map key. */
final class EntryOrder {
    /*
     * Notes.
     *
     * The values of a key form a tree: the parent of a value is its origin. The list of the key
     * is that tree in depth-first order, siblings ascending by client id, because no value has
     * a right origin. A new value therefore stands before its first sibling of a higher id, or
     * behind everything that descends from the last one. Walking the list to find that out costs
     * one step per rival; this index is made for a key when a walk was long. A value with a
     * right origin, which no honest client writes, makes the index useless for good.
     */

    /** Walks longer than this are worth an index. */
    static final int WALK_MAX = 64;

    private record Origin(ClientStructs client, long clock) {}

    private final Map<Origin, TreeMap<Long, Item>> siblings = new HashMap<>();
    private boolean usable = true;

    /** An index over a list, given by its first item. */
    EntryOrder(Item first) {
        for (Item item = first; item != null; item = item.right) {
            add(item);
        }
    }

    boolean isUsable() {
        return usable;
    }

    /** An item was linked into the list or split off from its left neighbour. */
    void add(Item item) {
        usable &= item.rightOriginClient == null;
        if (usable) {
            siblings.computeIfAbsent(originOf(item), origin -> new TreeMap<>())
                    .put(item.client.id, item);
        } else {
            siblings.clear();
        }
    }

    /** An item became a part of its left neighbour. */
    void remove(Item item) {
        TreeMap<Long, Item> same = siblings.get(originOf(item));
        if (same != null && same.remove(item.client.id, item) && same.isEmpty()) {
            siblings.remove(originOf(item));
        }
    }

    private static Origin originOf(Item item) {
        return item.originClient == null
                ? null : new Origin(item.originClient, item.originClock);
    }

    /**
     * The item after which a new one must stand; null = at the head of the list.
     *
     * @param last the tail of the list
     */
    Item leftOf(Item item, Item last) {
        TreeMap<Long, Item> same = siblings.get(originOf(item));
        if (same == null) {
            return item.left;
        }
        Map.Entry<Long, Item> higher = same.ceilingEntry(item.client.id);
        if (higher != null) {
            return higher.getValue().left;
        }
        return item.originClient == null ? last : lastDescendant(same.lastEntry().getValue());
    }

    private static Item lastDescendant(Item ancestor) {
        Set<Struct> descendants = Collections.newSetFromMap(new IdentityHashMap<>());
        descendants.add(ancestor);
        Item left = ancestor;
        for (Item item = left.right; item != null && item.originClient != null
                && descendants.contains(item.originClient.find(item.originClock));
                item = item.right) {
            descendants.add(item);
            left = item;
        }
        return left;
    }
}
