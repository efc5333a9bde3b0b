package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A shared type of a document: what it holds changes with every transaction and applied update.
 *
 * <p>Values are null, Boolean, Long, Double, BigInteger, String, byte[], unmodifiable List and
 * Map, {@link Subdocument}, or another shared type. JavaScript's undefined is read as null.
 */
public abstract sealed class SharedType permits YMap, YArray, YText, YXmlFragment {
    final Doc doc;
    final TypeNode node;

    SharedType(Doc doc, TypeNode node) {
        this.doc = doc;
        this.node = node;
    }

    static SharedType of(Doc doc, TypeNode node) {
        return switch (node.kind) {
            case ARRAY -> new YArray(doc, node);
            case MAP -> new YMap(doc, node);
            case TEXT -> new YText(doc, node);
            case XML_ELEMENT -> new YXmlElement(doc, node);
            case XML_FRAGMENT -> new YXmlFragment(doc, node);
            case XML_HOOK -> new YXmlHook(doc, node);
            case XML_TEXT -> new YXmlText(doc, node);
            case UNKNOWN -> throw new IllegalStateException(
                    "nobody has said what root '" + node.name + "' is");
        };
    }

    /** Whether it, or something it is inside of, was deleted; it is empty then. */
    public final boolean isDeleted() {
        return node.isDeleted();
    }

    /**
     * Calls an observer after every transaction that changes this type or something inside of it.
     * A type that is deleted has no more changes.
     */
    public final Observation observeDeep(DocObserver observer) {
        return doc.observe(observer, node);
    }

    /** What it holds now as plain values, shared types inside it included. */
    public abstract Object toJson();

    /** A stored value as users see it. */
    final Object valueOf(Object stored) {
        if (stored instanceof TypeNode nested) {
            return nested.view(doc);
        }
        return stored == AnyValue.UNDEFINED ? null : stored;
    }

    /** Refuses a transaction that is over or of another document, and a type that is gone. */
    final void checkWritable(Transaction transaction) {
        transaction.check(doc);
        if (node.isDeleted()) {
            throw new IllegalStateException("the shared type was deleted");
        }
    }

    /** The content that holds one plain value or a reference to a document. */
    static Content contentOf(Object value) {
        if (value instanceof Subdocument reference) {
            return new ContentDoc(reference);
        }
        Object copy = AnyValue.copyOf(value);
        return copy instanceof byte[] bytes ? new ContentBinary(bytes) : ContentAny.ofOne(copy);
    }

    /** The content that holds a new type inside this one; refuses to nest too deeply. */
    final ContentType contentOf(NewType<?> type) {
        doc.checkDepth(node);
        return new ContentType(type.node());
    }

    final <T extends SharedType> T insertNewAt(
            Transaction transaction, int index, NewType<T> type) {
        checkWritable(transaction);
        checkRange(index, 0);
        ContentType content = contentOf(type);
        Item left = node.itemEndingAt(transaction, index);
        if (node.markers != null) {
            node.markers.inserted(index, 1);
        }
        transaction.insert(node, left, content);
        return type.viewOf(content.node, doc);
    }

    /** Refuses elements or units that do not exist. */
    final void checkRange(int index, int count) {
        if (index < 0 || count < 0 || (long) index + count > node.length) {
            throw new IndexOutOfBoundsException(
                    "index " + index + ", count " + count + ", length " + node.length);
        }
    }

    /** The value of a key, or null. */
    final Object entry(String key) {
        Item item = node.liveEntry(key);
        return item == null ? null : valueOf(item.content.valueAt(item.length - 1));
    }

    /** All keys with their values; a copy. */
    final Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        node.entries().forEach((key, item) -> {
            if (!item.isDeleted()) {
                entries.put(key, entry(key));
            }
        });
        return entries;
    }

    final void setEntry(Transaction transaction, String key, Object value) {
        checkWritable(transaction);
        transaction.setEntry(node, AnyValue.wellFormed(key), contentOf(value));
    }

    final <T extends SharedType> T setNewEntry(
            Transaction transaction, String key, NewType<T> type) {
        checkWritable(transaction);
        ContentType content = contentOf(type);
        transaction.setEntry(node, AnyValue.wellFormed(key), content);
        return type.viewOf(content.node, doc);
    }

    final void removeEntry(Transaction transaction, String key) {
        checkWritable(transaction);
        Item item = node.liveEntry(key);
        if (item != null) {
            transaction.delete(item);
        }
    }
}
