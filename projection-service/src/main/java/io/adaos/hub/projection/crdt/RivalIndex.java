package io.adaos.hub.projection.crdt;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Remembers where rivals stand in a list to which many clients wrote at the same places. */
final class RivalIndex {
    /*
     * Notes.
     *
     * Items with the same origin and the same right origin stand in the order of their clients.
     * The walk of a new one passes all those of lower clients, so it may as well begin at the
     * last of them: everything up to there goes before it. The index knows those items for each
     * place at which a walk was long; it need not know all of them.
     *
     * That a walk gets from the origin to an indexed item holds as long as nothing stands between
     * them that was written for a place left of the origin. Honest clients never bring that
     * about, as origin and right origin were neighbours when they wrote. Whenever a walk passes
     * an indexed origin from its left, what is known of that origin is dropped.
     */

    /** Walks longer than this make an index worth its memory. */
    static final int WALK_MAX = 64;

    /** One unit; null stands for the start or the end of the list. */
    private record Unit(ClientStructs client, long clock) {
        static Unit of(ClientStructs client, long clock) {
            return client == null ? null : new Unit(client, clock);
        }
    }

    /** By origin and right origin, then by client. */
    private final Map<Unit, Map<Unit, TreeMap<Long, Item>>> places = new HashMap<>();

    /** The known rival from which the walk of a new item may begin, or null. */
    Item startFor(Item item) {
        TreeMap<Long, Item> rivals = rivalsOf(item);
        Map.Entry<Long, Item> lower =
                rivals == null ? null : rivals.lowerEntry(item.client().id);
        return lower == null ? null : lower.getValue();
    }

    private TreeMap<Long, Item> rivalsOf(Item item) {
        Map<Unit, TreeMap<Long, Item>> byRight = places.get(originOf(item));
        return byRight == null ? null : byRight.get(rightOriginOf(item));
    }

    /** A place at which a walk was long. */
    void open(Item item) {
        places.computeIfAbsent(originOf(item), origin -> new HashMap<>())
                .computeIfAbsent(rightOriginOf(item), right -> new TreeMap<>());
    }

    /** An item got its place in the list. */
    void add(Item item) {
        TreeMap<Long, Item> rivals = rivalsOf(item);
        if (rivals != null) {
            rivals.put(item.client().id, item);
        }
    }

    /** A walk went past an item that stands behind where it began. */
    void passed(Item item) {
        places.remove(Unit.of(item.client(), item.lastClock()));
    }

    /** An item is about to become a part of its left neighbour. */
    void absorbed(Item item) {
        places.remove(originOf(item));
    }

    private static Unit originOf(Item item) {
        return Unit.of(item.originClient(), item.originClock());
    }

    private static Unit rightOriginOf(Item item) {
        return Unit.of(item.rightOriginClient(), item.rightOriginClock());
    }
}
