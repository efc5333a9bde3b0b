package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A shared text. Indices and lengths count UTF-16 units; embeds count as one. */
public final class YText extends SharedType {
    YText(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** Number of UTF-16 units and embeds. */
    public int length() {
        return Math.toIntExact(node.length);
    }

    /** Inserts text so that its first unit gets this index; it takes the attributes found there. */
    public void insert(Transaction transaction, int index, String text) {
        checkWritable(transaction);
        checkIndex(index, 0);
        if (text.isEmpty()) {
            return;
        }
        Item left = node.hasFormatting
                ? leftInFormatted(transaction, index)
                : behindDeleted(node.itemEndingAt(transaction, index));
        if (node.markers != null) {
            node.markers.inserted(index, text.length());
        }
        transaction.insert(node, left, ContentString.of(AnyValue.wellFormed(text)));
    }

    /** New text stands behind deleted text at the same place. */
    private Item behindDeleted(Item left) {
        Item at = left;
        Item next = at == null ? node.start : at.right;
        while (next != null && next.isDeleted()) {
            at = next;
            next = next.right;
        }
        return at;
    }

    /** As {@link #behindDeleted}, and behind marks that say what is valid anyway. */
    private Item leftInFormatted(Transaction transaction, int index) {
        Map<String, Object> attributes = new HashMap<>();
        Item left = null;
        Item next = node.start;
        long units = index;
        while (next != null && (units > 0 || isRedundant(next, attributes))) {
            if (!next.isDeleted() && next.content instanceof ContentFormat format) {
                TextRun.apply(format, attributes);
            } else if (!next.isDeleted() && units > 0) {
                if (units < next.length) {
                    transaction.splitter().cut(next, units);
                }
                units -= next.length;
            }
            left = next;
            next = next.right;
        }
        return left;
    }

    private static boolean isRedundant(Item item, Map<String, Object> attributes) {
        return item.isDeleted() || item.content instanceof ContentFormat format
                && Objects.equals(attributes.get(format.key()), format.value());
    }

    /** Deletes {@code count} units from an index on. */
    public void delete(Transaction transaction, int index, int count) {
        checkWritable(transaction);
        checkIndex(index, count);
        node.deleteVisible(transaction, index, count);
    }

    private void checkIndex(int index, int count) {
        if (index < 0 || count < 0 || (long) index + count > node.length) {
            throw new IndexOutOfBoundsException(
                    "index " + index + ", count " + count + ", length " + node.length);
        }
    }

    /** The text in runs of equal attributes, with what is embedded in it. */
    public List<TextRun> runs() {
        return TextRun.runsOf(node).stream()
                .map(run -> new TextRun(valueOf(run.insert()), run.attributes()))
                .toList();
    }

    /** The text without attributes and embeds. */
    @Override
    public String toString() {
        return TextRun.plainTextOf(node);
    }

    /** The text; of an XML text with its attributes as tags. */
    @Override
    public String toJson() {
        return node.kind == TypeKind.XML_TEXT ? XmlView.of(node) : toString();
    }
}
