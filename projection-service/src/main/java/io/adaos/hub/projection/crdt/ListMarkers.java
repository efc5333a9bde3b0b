package io.adaos.hub.projection.crdt;

import java.util.Arrays;

/** Remembers where some indices of a list are, so that a search need not begin at its head. */
final class ListMarkers {
    /*
     * Notes.
     *
     * A marker is a visible item and the number of visible units before it. Local changes go
     * through `inserted` and `deleted`, which keep the numbers right; a joined item is replaced
     * by the one that took it up. A foreign change drops all markers of the list: it does not
     * know indices. At most MARKERS positions are kept, the one unused for longest gives way.
     */

    private static final int MARKERS = 256;
    private static final int MARKERS_INITIAL = 4;

    /** A found item closer than this to a marker needs no marker of its own. */
    private static final int STEPS_UNMARKED = 8;

    private Item[] items = new Item[MARKERS_INITIAL];
    private long[] indices = new long[MARKERS_INITIAL];
    private int[] lastUse = new int[MARKERS_INITIAL];
    private int count;
    private int uses;
    private long foundIndex;

    /** The index of the first unit of the item that {@link #find} gave last. */
    long foundIndex() {
        return foundIndex;
    }

    /** The visible item that holds the unit at {@code index}, which must be below the length. */
    Item find(TypeNode type, long index) {
        int nearest = nearest(index);
        long distance = nearest < 0 ? Long.MAX_VALUE : Math.abs(indices[nearest] - index);
        Item item = type.start;
        long at = 0;
        if (distance <= Math.min(index, type.length - index)) {
            item = items[nearest];
            at = indices[nearest];
            lastUse[nearest] = ++uses;
        } else if (type.length - index < index) {
            item = type.last;
            at = type.length - (item.isVisible() ? item.length() : 0);
        }
        return walk(item, at, index);
    }

    private Item walk(Item from, long fromIndex, long index) {
        Item item = from;
        long at = fromIndex;
        int steps = 0;
        while (at > index) {
            item = item.left;
            if (item.isVisible()) {
                at -= item.length();
            }
            steps++;
        }
        while (!item.isVisible() || at + item.length() <= index) {
            if (item.isVisible()) {
                at += item.length();
            }
            item = item.right;
            steps++;
        }
        if (steps > STEPS_UNMARKED) {
            mark(item, at);
        }
        foundIndex = at;
        return item;
    }

    private int nearest(long index) {
        int nearest = -1;
        long distance = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long d = Math.abs(indices[i] - index);
            if (d < distance) {
                distance = d;
                nearest = i;
            }
        }
        return nearest;
    }

    private void mark(Item item, long index) {
        if (count == items.length && count < MARKERS) {
            int room = Math.min(2 * count, MARKERS);
            items = Arrays.copyOf(items, room);
            indices = Arrays.copyOf(indices, room);
            lastUse = Arrays.copyOf(lastUse, room);
        }
        int slot = count < items.length ? count++ : leastUsed();
        items[slot] = item;
        indices[slot] = index;
        lastUse[slot] = ++uses;
    }

    private int leastUsed() {
        int slot = 0;
        for (int i = 1; i < count; i++) {
            if (lastUse[i] - lastUse[slot] < 0) {
                slot = i;
            }
        }
        return slot;
    }

    /** {@code units} were inserted so that the first of them has this index. */
    void inserted(long index, long units) {
        for (int i = 0; i < count; i++) {
            if (indices[i] >= index) {
                indices[i] += units;
            }
        }
    }

    /** {@code units} from this index on were deleted. */
    void deleted(long index, long units) {
        for (int i = count - 1; i >= 0; i--) {
            if (items[i].isDeleted()) {
                drop(i);
            } else if (indices[i] > index) {
                indices[i] -= units;
            }
        }
    }

    /** An item was joined to its left neighbour, whose length does not include it yet. */
    void replace(Item joined, Item neighbour) {
        for (int i = count - 1; i >= 0; i--) {
            if (items[i] == joined) {
                items[i] = neighbour;
                indices[i] -= neighbour.length();
            }
        }
    }

    private void drop(int slot) {
        count--;
        items[slot] = items[count];
        indices[slot] = indices[count];
        lastUse[slot] = lastUse[count];
        items[count] = null;
    }
}
