package io.adaos.hub.projection.crdt;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The inside of a shared type: one list, one list per key, and the item that holds it. */
final class TypeNode implements Parent {
    /** Walks to the head of a key's list that are longer than this are remembered. */
    private static final int WALK_REMEMBERED = 16;

    TypeKind kind;
    final String name;      // root name, element name or hook name; null = none
    Item owner;             // the item whose content this is; null = root or not integrated
    Item start;             // head of the list; null = empty
    Item last;              // tail of the list; null = empty
    long length;            // visible units of the list
    int depth;              // 0 = root
    int itemCount;          // items in its lists, deleted ones included
    boolean hasFormatting;
    ListMarkers markers;    // positions used by index; null = none
    private KeyEntries entries;         // null = none
    private Map<String, Item> heads;    // key to the leftmost item, long lists only; null = none
    private Map<String, RivalIndex> rivals; // of lists with many rivals; null = none
    private SharedType view;            // what users hold; null until asked for

    TypeNode(TypeKind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** Whether nothing was ever put into it, or everything was collected. */
    boolean isEmpty() {
        return start == null && entries == null;
    }

    boolean isDeleted() {
        return owner != null && owner.isDeleted();
    }

    /** The rightmost item of each key's list, in the order in which keys were first set. */
    Iterable<Item> entries() {
        return entries == null ? List.of() : entries;
    }

    /** The rightmost item of a key's list, or null. */
    Item entry(String key) {
        return entries == null ? null : entries.get(key);
    }

    /** The live item of a key, or null. */
    Item liveEntry(String key) {
        Item item = entry(key);
        return item == null || item.isDeleted() ? null : item;
    }

    /** Makes an item the rightmost one of its key. */
    void setEntry(Item rightmost) {
        if (entries == null) {
            entries = new KeyEntries();
        }
        entries.set(rightmost);
    }

    /** Head of the list a new item of this key (null: of the list itself) belongs to. */
    Item headOf(String key) {
        return key == null ? start : firstEntry(key);
    }

    private Item firstEntry(String key) {
        Item item = heads == null ? null : heads.get(key);
        if (item == null) {
            item = entry(key);
        }
        if (item == null) {
            return null;
        }
        int steps = 0;
        while (item.left != null) {
            item = item.left;
            steps++;
        }
        if (steps > WALK_REMEMBERED) {
            if (heads == null) {
                heads = new HashMap<>();
            }
            heads.put(key, item);
        }
        return item;
    }

    /** The index of the list of a key (null: of the list itself), or null when it has none. */
    RivalIndex rivals(String key) {
        return rivals == null ? null : rivals.get(key);
    }

    /** As {@link #rivals}, made now if need be. */
    RivalIndex indexRivals(String key) {
        if (rivals == null) {
            rivals = new HashMap<>();
        }
        return rivals.computeIfAbsent(key, same -> new RivalIndex());
    }

    /** The items of the list, then the rightmost item of each key. */
    Iterator<Item> items() {
        return new Iterator<>() {
            private Item next = start;
            private final Iterator<Item> values = entries().iterator();

            @Override
            public boolean hasNext() {
                return next != null || values.hasNext();
            }

            @Override
            public Item next() {
                if (next == null) {
                    return values.next();
                }
                Item item = next;
                next = item.right;
                return item;
            }
        };
    }

    /** Forgets all content; the items themselves are turned into remainders by the caller. */
    void clear() {
        start = null;
        last = null;
        markers = null;
        heads = null;
        rivals = null;
        entries = null;
        itemCount = 0;
    }

    /** Known positions of the list, made when first asked for. */
    ListMarkers markers() {
        if (markers == null) {
            markers = new ListMarkers();
        }
        return markers;
    }

    /** The visible item that ends before the unit at {@code index}, cut if need be; or null. */
    Item itemEndingAt(Transaction transaction, long index) {
        if (index == 0) {
            return null;
        }
        Item item = markers().find(this, index - 1);
        long units = index - markers.foundIndex();
        if (units < item.length()) {
            transaction.splitter().cut(item, units);
        }
        return item;
    }

    /** Deletes visible units; there must be as many. Items at both ends are cut if need be. */
    void deleteVisible(Transaction transaction, long index, long units) {
        if (units == 0) {
            return;
        }
        Item item = markers().find(this, index);
        long before = index - markers.foundIndex();
        if (before > 0) {
            item = transaction.splitter().cut(item, before);
        }
        for (long left = units; left > 0; item = item.right) {
            if (item.isVisible()) {
                if (left < item.length()) {
                    transaction.splitter().cut(item, left);
                }
                transaction.delete(item);
                left -= item.length();
            }
        }
        markers.deleted(index, units);
    }

    /** What users of the document see of this type. */
    SharedType view(Doc doc) {
        if (view == null) {
            view = SharedType.of(doc, this);
        }
        return view;
    }
}
