package io.adaos.hub.projection.crdt;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The decision, rival by rival, how far to the right a new item must go. */
final class RivalWalk {
    /*
     * Notes.
     *
     * Which of the rivals that were passed count is needed only for a rival whose origin is
     * another one than that of the new item, so the two sets are made when the first of those
     * is met.
     */

    private final Item item;
    private final Item first;
    private Item left;
    private Set<Item> walked;       // null until needed
    private Set<Item> undecided;    // those of them walked since `left` was set; null as above
    private Item undecidedFrom;     // where those begin; null = none since `left` was set
    private int steps;

    /**
     * A walk that has not passed any rival.
     *
     * @param first the rival at which the items that count begin
     * @param left what the item stands behind so far; null = the head of the list
     */
    RivalWalk(Item item, Item first, Item left) {
        this.item = item;
        this.first = first;
        this.left = left;
    }

    /** Takes one rival after the other, in list order; false when the walk ends before it. */
    boolean pass(Item rival) {
        steps++;
        note(rival);
        boolean goesBefore;
        if (item.hasSameOrigin(rival)) {
            goesBefore = rival.client().id < item.client().id;
            if (!goesBefore && item.hasSameRightOrigin(rival)) {
                return false;
            }
        } else if (rival.originClient() != null) {
            collect(rival);
            Struct origin = rival.originClient().find(rival.originClock());
            if (!(origin instanceof Item) || !walked.contains(origin)) {
                return false;
            }
            goesBefore = !undecided.contains(origin);
        } else {
            return false;
        }
        if (goesBefore) {
            left = rival;
            undecidedFrom = null;
            if (undecided != null) {
                undecided.clear();
            }
        }
        return true;
    }

    private void note(Item rival) {
        if (undecidedFrom == null) {
            undecidedFrom = rival;
        }
        if (walked != null) {
            walked.add(rival);
            undecided.add(rival);
        }
    }

    private void collect(Item rival) {
        if (walked == null) {
            walked = span(first, rival);
            undecided = span(undecidedFrom, rival);
        }
    }

    /** The items from one to another, both included. */
    private static Set<Item> span(Item from, Item to) {
        Set<Item> items = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Item item = from; item != to; item = item.right) {
            items.add(item);
        }
        items.add(to);
        return items;
    }

    /** What the item must stand behind, as far as was walked; null = the head of the list. */
    Item left() {
        return left;
    }

    /** How many rivals were looked at. */
    int steps() {
        return steps;
    }
}
