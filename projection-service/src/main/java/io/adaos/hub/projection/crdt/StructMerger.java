package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.List;

/** Joins neighbouring structs of one client at the end of a transaction. */
final class StructMerger {
    /*
     * Notes on the order.
     *
     * yjs tries pairs from right to left, and follows each chain as far left as it goes. Whether
     * two neighbours can be joined does not depend on what the right one has already taken up,
     * so the same pairs can be joined from left to right. That keeps the joining of many short
     * texts linear: each is appended once. Deleted ranges are taken from the last to the first, as
     * what the later one has joined may be the end of the earlier one, whose next pair is then
     * tried too.
     */

    private final StructStore store;

    StructMerger(StructStore store) {
        this.store = store;
    }

    /** Tries all pairs around deleted ranges. */
    void mergeAround(DeleteSet deleted) {
        deleted.forEachBackwards((id, clock, length) -> {
            ClientStructs client = store.known(id);
            merge(client, clock, client.find(clock + length - 1).end());
        });
    }

    /** Tries all pairs among the structs a client got in this transaction. */
    void mergeAdded(ClientStructs client, long clockBefore) {
        merge(client, client.find(clockBefore).clock(), client.nextClock());
    }

    /** Tries the pairs on both sides of what was split or may have become mergeable. */
    void mergeAt(List<MergePoint> points) {
        for (int i = points.size() - 1; i >= 0; i--) {
            MergePoint point = points.get(i);
            Struct struct = point.client().find(point.clock());
            merge(point.client(), struct.clock(), struct.end());
        }
    }

    /**
     * Tries every pair of which the right struct begins in [from, to]; when the first of them can
     * be joined, goes on to the left until one cannot.
     */
    private static void merge(ClientStructs client, long from, long to) {
        int position = chainStart(client, from);
        Struct left = client.at(position);
        int next = client.next(position);
        while (next != ClientStructs.NONE) {
            Struct right = client.at(next);
            if (right.clock() > to) {
                return;
            }
            if (tryJoin(left, right)) {
                client.remove(next);
            } else {
                position = next;
                left = right;
            }
            next = client.next(position);
        }
    }

    private static int chainStart(ClientStructs client, long from) {
        int position = client.positionOf(from);
        if (client.at(position).clock() < from) {
            return position;
        }
        int before = client.previous(position);
        if (before == ClientStructs.NONE) {
            return position;
        }
        while (canJoin(client.at(before), client.at(position))) {
            position = before;
            before = client.previous(position);
            if (before == ClientStructs.NONE) {
                return position;
            }
        }
        return position;
    }

    private static boolean canJoin(Struct left, Struct right) {
        if (left instanceof Item item && right instanceof Item next) {
            return item.canAbsorb(next);
        }
        return left instanceof Gc && right instanceof Gc;
    }

    private static boolean tryJoin(Struct left, Struct right) {
        if (!canJoin(left, right)) {
            return false;
        }
        if (left instanceof Item item) {
            absorb(item, (Item) right);
        } else {
            ((Gc) left).absorb((Gc) right);
        }
        return true;
    }

    private static void absorb(Item item, Item next) {
        TypeNode type = item.type();
        type.itemCount--;
        RivalIndex rivals = type.rivals(next.parentSub);
        if (rivals != null) {
            rivals.absorbed(next);
        }
        item.right = next.right;
        if (item.right != null) {
            item.right.left = item;
        } else if (item.parentSub == null) {
            type.last = item;
        }
        if (next.parentSub != null && type.entry(next.parentSub) == next) {
            type.setEntry(item);
        }
        if (type.markers != null) {
            type.markers.replace(next, item);
        }
        item.setContent(item.content().join(next.content()));
    }
}
