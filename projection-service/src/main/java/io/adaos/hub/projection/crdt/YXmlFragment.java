package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;

/** A shared list of XML nodes. Indices and sizes count nodes. */
public sealed class YXmlFragment extends SharedType permits YXmlElement {
    YXmlFragment(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** Number of child nodes. */
    public final int size() {
        return Math.toIntExact(node.length);
    }

    /** The child node at an index. */
    public final Object get(int index) {
        checkRange(index, 1);
        ListMarkers markers = node.markers();
        Item item = markers.find(node, index);
        return valueOf(item.content().valueAt(index - markers.foundIndex()));
    }

    /** The child nodes: elements, texts and hooks; a copy. */
    public final List<Object> children() {
        List<Object> children = new ArrayList<>();
        for (Item item = node.start; item != null; item = item.right) {
            for (long i = 0; item.isVisible() && i < item.length(); i++) {
                children.add(valueOf(item.content().valueAt(i)));
            }
        }
        return children;
    }

    /**
     * Inserts a new XML node, empty yet, so that it gets this index.
     *
     * @throws IllegalArgumentException for a type that is no XML node
     */
    public final <T extends SharedType> T insertNew(
            Transaction transaction, int index, NewType<T> type) {
        if (!type.kind().isXml()) {
            throw new IllegalArgumentException("a " + type.kind() + " is no XML node");
        }
        return insertNewAt(transaction, index, type);
    }

    /** Removes {@code count} child nodes from an index on. */
    public final void remove(Transaction transaction, int index, int count) {
        checkWritable(transaction);
        checkRange(index, count);
        node.deleteVisible(transaction, index, count);
    }

    /** The XML text; nothing in it is escaped. */
    @Override
    public final String toString() {
        return XmlView.of(node);
    }

    @Override
    public final String toJson() {
        return toString();
    }
}
