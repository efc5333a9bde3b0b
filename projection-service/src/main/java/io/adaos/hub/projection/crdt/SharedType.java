package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;

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
            case MAP, XML_HOOK -> new YMap(doc, node);
            case TEXT, XML_TEXT -> new YText(doc, node);
            case XML_ELEMENT, XML_FRAGMENT -> new YXmlFragment(doc, node);
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
}
