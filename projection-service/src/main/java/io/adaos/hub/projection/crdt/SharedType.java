package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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

    /**
     * How much of this type and of what is inside of it is past. Costs one step for each key of a
     * map, however often it was written, and for each item of a list.
     */
    public final BranchHistory history() {
        return HistoryMeter.historyOf(node);
    }

    /**
     * What should be rotated next here: types, this one or inside of it, whose history outweighs
     * their content and that hold no other such type. After rotating those, ask again: an outer
     * one may be due still. A root cannot be rotated: when what is inside of it outweighs its
     * content, those of the types it holds that have grown are named. Costs as {@link #history};
     * after an empty answer there is none to be had before {@code structsMin} more writes.
     */
    public final List<SharedType> rotationsDue(RotationRule rule) {
        return rotationsDue(rule, type -> true);
    }

    /**
     * The same, when some types must stay: they, and all that hold them, are treated as a root is.
     *
     * @param mayRotate asked of types that would be named
     */
    public final List<SharedType> rotationsDue(
            RotationRule rule, Predicate<SharedType> mayRotate) {
        return HistoryMeter.innermostDue(node, rule, type -> mayRotate.test(type.view(doc)))
                .stream().map(due -> due.view(doc)).toList();
    }

    /** Where it is; empty when it, or something it is inside of, was deleted. */
    public final Optional<DocPath> path() {
        return new PathFinder(DeleteSet.EMPTY).of(node);
    }

    /**
     * Whether everything here, deleted structs and the item that holds this type included, was
     * written by these clients. Costs one step for each struct. Who else has written may be
     * writing still: rotate only when nobody has. What was inside of types that are deleted has
     * collapsed and does not count.
     */
    public final boolean holdsOnly(Set<Long> clients) {
        return HistoryMeter.holdsOnly(node, clients);
    }

    /**
     * Puts a fresh type with the same content in place of this one, which is deleted with all its
     * history. Readers see the same values; who holds this type, or one inside of it, must look
     * it up anew. What others write into the old type without knowing is lost.
     *
     * @return the fresh type
     * @throws IllegalStateException when this is a root or deleted
     */
    public final SharedType rotate(Transaction transaction) {
        checkWritable(transaction);
        return BranchRotation.rotate(transaction, node).view(doc);
    }

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
        return type.fill(content.node, doc);
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
        return item == null ? null : valueOf(item.content().valueAt(item.length() - 1));
    }

    /** All keys with their values; a copy. */
    final Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Item item : node.entries()) {
            if (!item.isDeleted()) {
                entries.put(item.parentSub, valueOf(item.content().valueAt(item.length() - 1)));
            }
        }
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
        return type.fill(content.node, doc);
    }

    final void removeEntry(Transaction transaction, String key) {
        checkWritable(transaction);
        Item item = node.liveEntry(key);
        if (item != null) {
            transaction.delete(item);
        }
    }
}
