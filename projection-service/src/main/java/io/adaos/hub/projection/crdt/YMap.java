package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A shared map: of concurrent writes to one key the one of the highest client id stays. */
public final class YMap extends SharedType {
    YMap(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** The value of a key; null when there is none (see {@link #has}). */
    public Object get(String key) {
        Item item = node.liveEntry(key);
        return item == null ? null : valueOf(item.content.valueAt(item.length - 1));
    }

    /** Whether the key has a value, which may be null. */
    public boolean has(String key) {
        return node.liveEntry(key) != null;
    }

    /** The keys that have a value, in the order in which they were first set; a copy. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        node.entries().forEach((key, item) -> {
            if (!item.isDeleted()) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** Number of keys that have a value. */
    public int size() {
        int size = 0;
        for (Item item : node.entries().values()) {
            size += item.isDeleted() ? 0 : 1;
        }
        return size;
    }

    /**
     * Sets a key to a plain value, which is copied.
     *
     * @throws IllegalArgumentException for a value a shared document cannot hold
     */
    public void set(Transaction transaction, String key, Object value) {
        checkWritable(transaction);
        transaction.setEntry(node, AnyValue.wellFormed(key), contentOf(value));
    }

    /** Sets a key to a new empty map. */
    public YMap setMap(Transaction transaction, String key) {
        return (YMap) setType(transaction, key, TypeKind.MAP);
    }

    /** Sets a key to a new empty array. */
    public YArray setArray(Transaction transaction, String key) {
        return (YArray) setType(transaction, key, TypeKind.ARRAY);
    }

    /** Sets a key to a new empty text. */
    public YText setText(Transaction transaction, String key) {
        return (YText) setType(transaction, key, TypeKind.TEXT);
    }

    private SharedType setType(Transaction transaction, String key, TypeKind kind) {
        checkWritable(transaction);
        doc.checkDepth(node);
        TypeNode nested = new TypeNode(kind, null);
        transaction.setEntry(node, AnyValue.wellFormed(key), new ContentType(nested));
        return nested.view(doc);
    }

    /** Removes a key; does nothing when it has no value. */
    public void remove(Transaction transaction, String key) {
        checkWritable(transaction);
        Item item = node.liveEntry(key);
        if (item != null) {
            transaction.delete(item);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> toJson() {
        return (Map<String, Object>) JsonView.PLAIN.of(node);
    }
}
