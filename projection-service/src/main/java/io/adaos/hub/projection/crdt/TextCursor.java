package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.JsKeys;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A place in a text with attributes, and the marks that are valid there. */
final class TextCursor {
    /*
     * Notes.
     *
     * A mark is an item that says: from here on an attribute has this value. What is written at
     * the cursor gets its attributes by marks before it, and marks behind it that restore what
     * was valid. No mark is written that would say what is valid anyway: the cursor first goes
     * right over such marks and over deleted items, at both ends of what it writes.
     *
     * Which marks are written, dropped or passed is what yjs 13.6 does in local transactions,
     * down to its notion of equality (ContentFormat); its byte vectors are the tests.
     */

    private final Transaction transaction;
    private final TypeNode node;
    private final Map<String, ContentFormat> valid = new LinkedHashMap<>();
    private Item left;      // the item before the cursor; null = at the head

    /** A cursor at the head of a text. Known positions of the text are given up. */
    TextCursor(Transaction transaction, TypeNode node) {
        this.transaction = transaction;
        this.node = node;
        node.markers = null;
    }

    /** The marks that are valid here, by attribute; a copy. */
    Map<String, ContentFormat> valid() {
        return new LinkedHashMap<>(valid);
    }

    private Item right() {
        return left == null ? node.start : left.right;
    }

    private void step() {
        left = right();
        if (!left.isDeleted() && left.content() instanceof ContentFormat mark) {
            note(mark);
        }
    }

    private void note(ContentFormat mark) {
        if (mark.value() == null) {
            valid.remove(mark.key());
        } else {
            valid.put(mark.key(), mark);
        }
    }

    /** Goes right over so many visible units, which must exist. */
    void skip(long units) {
        long missing = units;
        while (missing > 0) {
            missing -= cutVisible(missing);
            step();
        }
    }

    /** The visible units of the next item, which is cut when it has more than so many. */
    private long cutVisible(long unitsMax) {
        Item next = right();
        if (!next.isVisible()) {
            return 0;
        }
        if (unitsMax < next.length()) {
            transaction.splitter().cut(next, unitsMax);
        }
        return next.length();
    }

    /** Writes content with exactly these attributes. */
    void insert(Content content, Map<String, ContentFormat> wanted) {
        insert(content, wanted, () -> { });
    }

    /** As the other; {@code filling} writes what is inside the content, before marks behind it. */
    void insert(Content content, Map<String, ContentFormat> wanted, Runnable filling) {
        Map<String, ContentFormat> exactly = new LinkedHashMap<>(wanted);
        valid.keySet().forEach(key ->
                exactly.computeIfAbsent(key, ContentFormat::end));
        Map<String, ContentFormat> marks = JsKeys.inOrder(exactly);
        skipRedundant(marks);
        Map<String, ContentFormat> restoring = begin(marks);
        place(content);
        filling.run();
        end(restoring);
    }

    /** Gives so many units, which must exist, these attributes in place of those they have. */
    void format(long units, Map<String, ContentFormat> marks) {
        skipRedundant(marks);
        Map<String, ContentFormat> restoring = begin(marks);
        long missing = units;
        for (Item next = right();
                next != null && (missing > 0 || !restoring.isEmpty() && !next.isVisible());
                next = right()) {
            if (!next.isDeleted() && next.content() instanceof ContentFormat found
                    && marks.containsKey(found.key())) {
                if (ContentFormat.isEqual(marks.get(found.key()), found)) {
                    restoring.remove(found.key());
                } else if (missing == 0) {
                    break;
                } else {
                    restoring.put(found.key(), found);
                }
                transaction.delete(next);
            }
            missing -= cutVisible(missing);
            step();
        }
        end(restoring);
    }

    /** Deletes so many units, which must exist, and marks that are then of no use. */
    void delete(long units) {
        Map<String, ContentFormat> before = new HashMap<>(valid);
        Item first = right();
        long missing = units;
        while (missing > 0) {
            missing -= cutVisible(missing);
            if (right().isVisible()) {
                transaction.delete(right());
            }
            step();
        }
        if (first != null) {
            dropUseless(first, before);
        }
    }

    private void place(Content content) {
        transaction.insert(node, left, content);
        step();
    }

    /** Goes right over deleted items and marks that say what these marks say. */
    private void skipRedundant(Map<String, ContentFormat> marks) {
        for (Item next = right(); next != null; next = right()) {
            boolean redundant = next.isDeleted() || next.content() instanceof ContentFormat mark
                    && ContentFormat.isEqual(marks.get(mark.key()), mark);
            if (!redundant) {
                return;
            }
            step();
        }
    }

    /** Writes the marks that change something; gives those that would restore what was valid. */
    private Map<String, ContentFormat> begin(Map<String, ContentFormat> marks) {
        Map<String, ContentFormat> restoring = new LinkedHashMap<>();
        marks.forEach((key, mark) -> {
            ContentFormat before = valid.get(key);
            if (!ContentFormat.isEqual(before, mark)) {
                restoring.put(key, before == null ? ContentFormat.end(key) : before);
                place(mark);
            }
        });
        return restoring;
    }

    /** Writes the restoring marks that do not stand here already. */
    private void end(Map<String, ContentFormat> restoring) {
        for (Item next = right(); next != null; next = right()) {
            if (!next.isDeleted()) {
                if (!(next.content() instanceof ContentFormat mark)
                        || !restoring.containsKey(mark.key())
                        || !ContentFormat.isEqual(restoring.get(mark.key()), mark)) {
                    break;
                }
                restoring.remove(mark.key());
            }
            step();
        }
        restoring.values().forEach(this::place);
    }

    /**
     * Deletes the marks between two visible units that a later one there takes back, and those
     * that say what was valid before them.
     */
    private void dropUseless(Item first, Map<String, ContentFormat> before) {
        Map<String, Item> lastOfKey = new HashMap<>();
        Item end = first;
        for (; end != null && !end.isVisible(); end = end.right) {
            if (!end.isDeleted() && end.content() instanceof ContentFormat mark) {
                lastOfKey.put(mark.key(), end);
            }
        }
        Item here = right();
        boolean passed = false;
        for (Item item = first; item != end; item = item.right) {
            passed |= item == here;
            if (item.isDeleted() || !(item.content() instanceof ContentFormat mark)) {
                continue;
            }
            ContentFormat outer = before.get(mark.key());
            boolean changes = !ContentFormat.isSame(outer, mark);
            if (lastOfKey.get(mark.key()) == item && changes) {
                if (!passed) {
                    note(mark);
                }
                continue;
            }
            transaction.delete(item);
            if (!passed && changes && ContentFormat.isSame(valid.get(mark.key()), mark)) {
                note(outer == null ? ContentFormat.end(mark.key()) : outer);
            }
        }
    }
}
