package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.ArrayList;
import java.util.List;

/** A shared list. Indices and sizes count elements. */
public final class YArray extends SharedType {
    YArray(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** Number of elements. */
    public int size() {
        return Math.toIntExact(node.length);
    }

    /** The element at an index. */
    public Object get(int index) {
        checkRange(index, 1);
        ListMarkers markers = node.markers();
        Item item = markers.find(node, index);
        return valueOf(item.content().valueAt(index - markers.foundIndex()));
    }

    /** All elements; a copy. */
    public List<Object> toList() {
        List<Object> elements = new ArrayList<>(size());
        for (Item item = node.start; item != null; item = item.right) {
            for (long i = 0; item.isVisible() && i < item.length(); i++) {
                elements.add(valueOf(item.content().valueAt(i)));
            }
        }
        return elements;
    }

    /**
     * Inserts plain values, which are copied, so that the first gets this index.
     *
     * @throws IllegalArgumentException for a value a shared document cannot hold
     */
    public void insert(Transaction transaction, int index, List<?> values) {
        checkWritable(transaction);
        List<Content> contents = pack(values);
        checkRange(index, 0);
        Item left = node.itemEndingAt(transaction, index);
        if (node.markers != null) {
            node.markers.inserted(index, values.size());
        }
        insertAfter(transaction, left, contents);
    }

    /** Appends one plain value, which is copied. */
    public void push(Transaction transaction, Object value) {
        checkWritable(transaction);
        insertAfter(transaction, node.last, List.of(contentOf(value)));
    }

    /** Appends plain values, which are copied. */
    public void pushAll(Transaction transaction, List<?> values) {
        checkWritable(transaction);
        insertAfter(transaction, node.last, pack(values));
    }

    /** Appends a new empty shared type. */
    public <T extends SharedType> T pushNew(Transaction transaction, NewType<T> type) {
        checkWritable(transaction);
        ContentType content = contentOf(type);
        transaction.insert(node, node.last, content);
        return type.fill(content.node, doc);
    }

    /** Appends a new empty map. */
    public YMap pushMap(Transaction transaction) {
        return pushNew(transaction, NewType.MAP);
    }

    /** Appends a new empty array. */
    public YArray pushArray(Transaction transaction) {
        return pushNew(transaction, NewType.ARRAY);
    }

    /** Inserts a new empty shared type so that it gets this index. */
    public <T extends SharedType> T insertNew(
            Transaction transaction, int index, NewType<T> type) {
        return insertNewAt(transaction, index, type);
    }

    /** Inserts a new empty map so that it gets this index. */
    public YMap insertMap(Transaction transaction, int index) {
        return insertNew(transaction, index, NewType.MAP);
    }

    /** Inserts a new empty array so that it gets this index. */
    public YArray insertArray(Transaction transaction, int index) {
        return insertNew(transaction, index, NewType.ARRAY);
    }

    /** Inserts a new empty text so that it gets this index. */
    public YText insertText(Transaction transaction, int index) {
        return insertNew(transaction, index, NewType.TEXT);
    }

    /** Removes {@code count} elements from an index on. */
    public void remove(Transaction transaction, int index, int count) {
        checkWritable(transaction);
        checkRange(index, count);
        node.deleteVisible(transaction, index, count);
    }

    private void insertAfter(Transaction transaction, Item left, List<Content> contents) {
        Item at = left;
        for (Content content : contents) {
            at = transaction.insert(node, at, content);
        }
    }

    /** Neighbouring values share one content; bytes and references stand alone. */
    private static List<Content> pack(List<?> values) {
        List<Content> contents = new ArrayList<>();
        List<Object> run = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof byte[] || value instanceof Subdocument) {
                flush(run, contents);
                contents.add(contentOf(value));
            } else {
                run.add(AnyValue.copyOf(value));
            }
        }
        flush(run, contents);
        return contents;
    }

    private static void flush(List<Object> run, List<Content> contents) {
        if (!run.isEmpty()) {
            contents.add(ContentAny.of(run.toArray()));
            run.clear();
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Object> toJson() {
        return (List<Object>) JsonView.PLAIN.of(node);
    }
}
