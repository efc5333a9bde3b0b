package io.adaos.hub.projection.room.branch;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.SharedType;
import io.adaos.hub.projection.crdt.Transaction;
import io.adaos.hub.projection.crdt.YArray;
import io.adaos.hub.projection.crdt.YMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings a document to hold plain values, touching only the leaves that differ. */
public final class LeafReconciler {

    /*
     * Notes on forms.
     *
     * The same JSON can stand in a document as a shared type or as one plain value, and readers
     * accept both at any depth. A writer keeps the form it finds: below a plain object the whole
     * plain object is written anew, inside a Y.Map only the leaf. Where nothing was, objects become
     * Y.Maps.
     */

    private final Transaction transaction;
    private final Doc doc;

    public LeafReconciler(Transaction transaction, Doc doc) {
        this.transaction = transaction;
        this.doc = doc;
    }

    /** Carries out one write; does nothing where the document already is so. */
    public void apply(BranchWrite write) {
        YMap map = doc.getMap(write.path().get(0));
        List<String> rest = write.path().subList(1, write.path().size());
        while (rest.size() > 1) {
            String key = rest.get(0);
            List<String> below = rest.subList(1, rest.size());
            Object child = map.get(key);
            if (child instanceof Map<?, ?> plain) {
                setIfChanged(map, key, changed(plain, below, write));
                return;
            }
            if (!(child instanceof YMap) && write instanceof BranchWrite.Remove) {
                return;
            }
            map = child instanceof YMap nested ? nested : map.setMap(transaction, key);
            rest = below;
        }
        applyAt(map, rest.get(0), write);
    }

    private void applyAt(YMap map, String key, BranchWrite write) {
        if (write instanceof BranchWrite.Put put) {
            put(map, key, put.value());
        } else if (write instanceof BranchWrite.Items items) {
            putItems(map, key, items.values());
        } else {
            map.remove(transaction, key);
        }
    }

    private void put(YMap map, String key, Object value) {
        Object shown = map.get(key);
        if (value instanceof Map<?, ?> members && !(shown instanceof Map)) {
            YMap nested = shown instanceof YMap found ? found : map.setMap(transaction, key);
            reconcile(nested, members);
        } else if (value instanceof List<?> values && shown instanceof YArray array) {
            edit(array, values);
        } else {
            setIfChanged(map, key, value);
        }
    }

    private void reconcile(YMap map, Map<?, ?> members) {
        for (String key : map.keys()) {
            if (!members.containsKey(key)) {
                map.remove(transaction, key);
            }
        }
        members.forEach((key, value) -> put(map, (String) key, value));
    }

    private void putItems(YMap map, String key, List<Object> values) {
        Object shown = map.get(key);
        if (shown instanceof List) {
            setIfChanged(map, key, values);
        } else {
            edit(shown instanceof YArray array ? array : map.setArray(transaction, key), values);
        }
    }

    private void edit(YArray array, List<?> values) {
        for (ListEdit edit : ListEdit.between(array.toList(), values)) {
            if (edit instanceof ListEdit.Insert insert) {
                array.insert(transaction, insert.index(), insert.values());
            } else if (edit instanceof ListEdit.Remove remove) {
                array.remove(transaction, remove.index(), remove.count());
            }
        }
    }

    private void setIfChanged(YMap map, String key, Object value) {
        Object shown = map.get(key);
        boolean same = !(shown instanceof SharedType)
                && map.has(key)
                && (value == null ? shown == null : value.equals(shown));
        if (!same) {
            map.set(transaction, key, value);
        }
    }

    /** The plain object with the write done inside of it. */
    private static Map<String, Object> changed(
            Map<?, ?> plain, List<String> path, BranchWrite write) {
        Map<String, Object> copy = new LinkedHashMap<>();
        plain.forEach((key, value) -> copy.put((String) key, value));
        String key = path.get(0);
        if (path.size() > 1) {
            Object child = copy.get(key);
            boolean isMap = child instanceof Map;
            if (isMap || !(write instanceof BranchWrite.Remove)) {
                Map<?, ?> inner = isMap ? (Map<?, ?>) child : Map.of();
                copy.put(key, changed(inner, path.subList(1, path.size()), write));
            }
        } else if (write instanceof BranchWrite.Put put) {
            copy.put(key, put.value());
        } else if (write instanceof BranchWrite.Items items) {
            copy.put(key, items.values());
        } else {
            copy.remove(key);
        }
        return copy;
    }
}
