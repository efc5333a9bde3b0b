package io.adaos.hub.projection.room.branch;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.SharedType;
import io.adaos.hub.projection.crdt.Transaction;
import io.adaos.hub.projection.crdt.YArray;
import io.adaos.hub.projection.crdt.YMap;
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
    private long pathBytes;
    private long changedBytes;

    public LeafReconciler(Transaction transaction, Doc doc) {
        this.transaction = transaction;
        this.doc = doc;
    }

    /** Carries out writes in order, and adds to the sizes what each has changed. */
    public void apply(List<BranchWrite> writes, List<Long> sizes) {
        writes.forEach(write -> sizes.add(apply(write)));
    }

    /**
     * Carries out one write; does nothing where the document already is so.
     *
     * @return size of the leaves that were changed as JSON, each with its path; 0 when none was
     */
    public long apply(BranchWrite write) {
        changedBytes = 0;
        YMap map = doc.getMap(write.path().get(0));
        pathBytes = write.path().get(0).length();
        List<String> rest = write.path().subList(1, write.path().size());
        while (rest.size() > 1) {
            String key = rest.get(0);
            List<String> below = rest.subList(1, rest.size());
            Object child = map.get(key);
            if (child instanceof Map<?, ?> plain) {
                setIfChanged(map, key, PlainEdit.changed(plain, below, write), isForced(write));
                return changedBytes;
            }
            if (!(child instanceof YMap) && write instanceof BranchWrite.Remove) {
                return 0;
            }
            map = child instanceof YMap nested ? nested : map.setMap(transaction, key);
            pathBytes += key.length() + 1;
            rest = below;
        }
        applyAt(map, rest.get(0), write);
        return changedBytes;
    }

    private static boolean isForced(BranchWrite write) {
        return write instanceof BranchWrite.Put put && put.force();
    }

    private void applyAt(YMap map, String key, BranchWrite write) {
        if (write instanceof BranchWrite.Put put) {
            put(map, key, put.value(), put);
        } else if (write instanceof BranchWrite.Items items) {
            putItems(map, key, items.values());
        } else {
            remove(map, key);
        }
    }

    private void put(YMap map, String key, Object value, BranchWrite.Put how) {
        Object shown = map.get(key);
        boolean merge = how.mode() == BranchWrite.Mode.MERGE;
        if (value instanceof Map<?, ?> members && !(shown instanceof Map)) {
            YMap nested = shown instanceof YMap found ? found : newMap(map, key);
            long outside = pathBytes;
            pathBytes += key.length() + 1;
            reconcile(nested, members, how);
            pathBytes = outside;
        } else if (merge
                && value instanceof Map<?, ?> members && shown instanceof Map<?, ?> plain) {
            setIfChanged(map, key, PlainEdit.merged(plain, members), how.force());
        } else if (value instanceof List<?> values
                && (shown instanceof YArray || how.mode() == BranchWrite.Mode.LIST)) {
            putItems(map, key, values);
        } else {
            setIfChanged(map, key, value, how.force());
        }
    }

    private void reconcile(YMap map, Map<?, ?> members, BranchWrite.Put how) {
        if (how.mode() != BranchWrite.Mode.MERGE) {
            for (String key : map.keys()) {
                if (!members.containsKey(key)) {
                    remove(map, key);
                }
            }
        }
        members.forEach((key, value) -> put(map, (String) key, value, how));
    }

    private YMap newMap(YMap map, String key) {
        changed(key, 2);
        return map.setMap(transaction, key);
    }

    private void putItems(YMap map, String key, List<?> values) {
        Object shown = map.get(key);
        if (shown instanceof List) {
            setIfChanged(map, key, values, false);
        } else if (shown instanceof YArray array) {
            edit(array, key, values);
        } else {
            changed(key, 2);
            edit(map.setArray(transaction, key), key, values);
        }
    }

    private void edit(YArray array, String key, List<?> values) {
        for (ListEdit edit : ListEdit.between(array.toList(), values)) {
            if (edit instanceof ListEdit.Insert insert) {
                array.insert(transaction, insert.index(), insert.values());
                changed(key, JsonSize.of(insert.values()));
            } else if (edit instanceof ListEdit.Remove remove) {
                array.remove(transaction, remove.index(), remove.count());
                changed(key, 0);
            }
        }
    }

    private void remove(YMap map, String key) {
        if (map.has(key)) {
            map.remove(transaction, key);
            changed(key, 0);
        }
    }

    private void setIfChanged(YMap map, String key, Object value, boolean force) {
        Object shown = map.get(key);
        boolean same = !force
                && !(shown instanceof SharedType)
                && map.has(key)
                && (value == null ? shown == null : value.equals(shown));
        if (!same) {
            map.set(transaction, key, value);
            changed(key, JsonSize.of(value));
        }
    }

    private void changed(String key, long valueBytes) {
        changedBytes += pathBytes + 1 + key.length() + valueBytes;
    }
}
