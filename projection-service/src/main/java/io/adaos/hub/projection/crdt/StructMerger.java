package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.Arrays;
import java.util.List;

/** Joins neighbouring structs of one client at the end of a transaction. */
final class StructMerger {
    /*
     * Notes on the order.
     *
     * yjs tries pairs from right to left, each chain as far left as it goes, and removes the
     * joined structs from its array one chain at a time. Whether two neighbours can be joined
     * does not depend on what the right one has already taken up, so the same pairs can be
     * joined from left to right, with one move of the rest of the array per pass. That keeps
     * a pass over many ranges, and the joining of many short texts, linear.
     *
     * An interval [from, to] means: try every pair (i - 1, i) with from <= i <= to, and when
     * the pair at `from` can be joined go on to the left until one cannot.
     */

    private final StructStore store;

    StructMerger(StructStore store) {
        this.store = store;
    }

    /** Tries all pairs around deleted ranges. */
    void mergeAround(DeleteSet deleted) {
        IntervalCollector collector = new IntervalCollector();
        deleted.forEach(collector::visit);
        collector.finishClient();
    }

    /** Tries all pairs among the structs a client got in this transaction. */
    void mergeAdded(ClientStructs client) {
        int from = Math.max(client.indexOf(client.clockBefore), 1);
        mergeIntervals(client, new int[] {from, client.size() - 1}, 2);
    }

    /** Tries the pairs on both sides of what was split or may have become mergeable. */
    void mergeAt(List<Item> candidates) {
        for (int i = candidates.size() - 1; i >= 0; i--) {
            Item item = candidates.get(i);
            ClientStructs client = item.client;
            int index = client.indexOf(item.clock);
            int to = Math.min(index + 1, client.size() - 1);
            mergeIntervals(client, new int[] {Math.max(index, 1), to}, 2);
        }
    }

    /** Turns the ranges of one client after the other into intervals of indices. */
    private final class IntervalCollector {
        private ClientStructs client;       // null before the first range
        private int[] bounds = new int[2];
        private int size;

        void visit(long id, long clock, long length) {
            if (client == null || client.id != id) {
                finishClient();
                client = store.known(id);
            }
            int first = client.indexOf(clock);
            if (client.get(first).clock < clock) {
                first++;
            }
            int to = Math.min(client.size() - 1, 1 + client.indexOf(clock + length - 1));
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * size);
            }
            bounds[size] = Math.max(first, 1);
            bounds[size + 1] = to;
            size += 2;
        }

        void finishClient() {
            if (size > 0) {
                mergeIntervals(client, bounds, size);
            }
            size = 0;
        }
    }

    /** Joins what can be joined in ascending intervals, then closes the gaps in the array. */
    private static void mergeIntervals(ClientStructs client, int[] bounds, int size) {
        int kept = -1;      // index of the last struct kept; -1 while nothing was joined
        int read = 0;       // index of the first struct not looked at, once something was joined
        for (int i = 0; i < size; i += 2) {
            int from = Math.max(bounds[i], read);
            int to = bounds[i + 1];
            if (from > to) {
                continue;
            }
            from = extendLeft(client, from, read, kept);
            if (kept >= 0) {
                kept = shift(client, read, from, kept);
            }
            for (int at = from; at <= to; at++) {
                Struct left = client.get(kept < 0 ? at - 1 : kept);
                Struct right = client.get(at);
                if (tryJoin(left, right)) {
                    kept = kept < 0 ? at - 1 : kept;
                } else if (kept >= 0) {
                    client.set(++kept, right);
                }
            }
            read = to + 1;
        }
        if (kept >= 0) {
            kept = shift(client, read, client.size(), kept);
            client.truncate(kept + 1);
        }
    }

    /** Moves the untouched structs [read, until) behind the last kept one. */
    private static int shift(ClientStructs client, int read, int until, int kept) {
        int count = until - read;
        client.move(read, kept + 1, count);
        return kept + count;
    }

    /** Where to begin so that a chain that reaches {@code from} is joined from its left end on. */
    private static int extendLeft(ClientStructs client, int from, int read, int kept) {
        int at = from;
        while (at > Math.max(read, 1) && canJoin(client.get(at - 1), client.get(at))) {
            Struct before = at - 2 < read && kept >= 0 ? client.get(kept) : client.get(at - 2);
            if (!canJoin(before, client.get(at - 1))) {
                break;
            }
            at--;
        }
        return at;
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
        }
        left.length += right.length;
        return true;
    }

    private static void absorb(Item item, Item next) {
        TypeNode type = item.type();
        item.content = item.content.join(next.content);
        item.right = next.right;
        if (item.right != null) {
            item.right.left = item;
        } else if (item.parentSub == null) {
            type.last = item;
        }
        if (next.parentSub != null && type.entry(next.parentSub) == next) {
            type.setEntry(next.parentSub, item);
        }
        if (type.markers != null) {
            type.markers.replace(next, item);
        }
    }
}
