package io.adaos.hub.projection.crdt;

import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;

/** The rightmost item of each key's list, in the order in which the keys were first set. */
final class KeyEntries implements Iterable<Item> {
    /*
     * Notes.
     *
     * An item knows its key, so a list of items and, when there are many, a table of positions in
     * it are all that is needed; keys are never taken out. Keys come from outside: where one goes
     * depends on a secret factor, so that nobody can choose keys that all meet in one place.
     */

    private static final int ITEMS_MIN = 2;

    /** As many keys are simply looked through. */
    private static final int SCANNED_MAX = 8;

    private Item[] items = new Item[ITEMS_MIN];
    private int count;
    private int[] slots;    // positions + 1, 0 = free, at most 3/4 used; null = few keys
    private long factor;    // odd, once there are slots

    /** The rightmost item of a key, or null. */
    Item get(String key) {
        int position = positionOf(key);
        return position < 0 ? null : items[position];
    }

    /** Makes an item the rightmost one of its key. */
    void set(Item rightmost) {
        int position = positionOf(rightmost.parentSub);
        if (position >= 0) {
            items[position] = rightmost;
            return;
        }
        if (count == items.length) {
            items = Arrays.copyOf(items, count + (count >> 1) + 1);
        }
        items[count++] = rightmost;
        if (slots != null && 4 * count <= 3 * slots.length) {
            slots[slotOf(rightmost.parentSub)] = count;
        } else if (count > SCANNED_MAX) {
            index();
        }
    }

    private void index() {
        factor = ThreadLocalRandom.current().nextLong() | 1;
        slots = new int[4 * Integer.highestOneBit(count)];
        for (int i = 0; i < count; i++) {
            slots[slotOf(items[i].parentSub)] = i + 1;
        }
    }

    private int positionOf(String key) {
        if (slots != null) {
            return slots[slotOf(key)] - 1;
        }
        int position = count - 1;
        while (position >= 0 && !items[position].parentSub.equals(key)) {
            position--;
        }
        return position;
    }

    /** Where the position of a key is, or would be. */
    private int slotOf(String key) {
        long mixed = factor;
        for (int i = 0; i < key.length(); i++) {
            mixed = (mixed ^ key.charAt(i)) * factor;
            mixed ^= mixed >>> 32;
        }
        int slot = (int) (mixed * factor >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && !items[slots[slot] - 1].parentSub.equals(key)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    @Override
    public Iterator<Item> iterator() {
        return Arrays.asList(items).subList(0, count).iterator();
    }
}
