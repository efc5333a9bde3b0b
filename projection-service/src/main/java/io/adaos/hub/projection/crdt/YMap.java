package io.adaos.hub.projection.crdt;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A shared map: of concurrent writes to one key the one of the highest client id stays. */
public sealed class YMap extends SharedType permits YXmlHook {
    YMap(Doc doc, TypeNode node) {
        super(doc, node);
    }

    /** The value of a key; null when there is none (see {@link #has}). */
    public final Object get(String key) {
        return entry(key);
    }

    /** Whether the key has a value, which may be null. */
    public final boolean has(String key) {
        return node.liveEntry(key) != null;
    }

    /** The keys that have a value, in the order in which they were first set; a copy. */
    public final Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (Item item : node.entries()) {
            if (!item.isDeleted()) {
                keys.add(item.parentSub);
            }
        }
        return keys;
    }

    /** Number of keys that have a value. */
    public final int size() {
        int size = 0;
        for (Item item : node.entries()) {
            size += item.isDeleted() ? 0 : 1;
        }
        return size;
    }

    /**
     * Sets a key to a plain value, which is copied.
     *
     * @throws IllegalArgumentException for a value a shared document cannot hold
     */
    public final void set(Transaction transaction, String key, Object value) {
        setEntry(transaction, key, value);
    }

    /** Sets a key to a new empty shared type. */
    public final <T extends SharedType> T setNew(
            Transaction transaction, String key, NewType<T> type) {
        return setNewEntry(transaction, key, type);
    }

    /** Sets a key to a new empty map. */
    public final YMap setMap(Transaction transaction, String key) {
        return setNew(transaction, key, NewType.MAP);
    }

    /** Sets a key to a new empty array. */
    public final YArray setArray(Transaction transaction, String key) {
        return setNew(transaction, key, NewType.ARRAY);
    }

    /** Sets a key to a new empty text. */
    public final YText setText(Transaction transaction, String key) {
        return setNew(transaction, key, NewType.TEXT);
    }

    /** Removes a key; does nothing when it has no value. */
    public final void remove(Transaction transaction, String key) {
        removeEntry(transaction, key);
    }

    @Override
    @SuppressWarnings("unchecked")
    public final Map<String, Object> toJson() {
        return (Map<String, Object>) JsonView.PLAIN.of(node);
    }
}
