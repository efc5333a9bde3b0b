package io.adaos.hub.projection.room.branch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes inside of a plain value, which can only be written anew as a whole. */
final class PlainEdit {

    private PlainEdit() {
    }

    /** The plain object with the write done inside of it; the path is that below the object. */
    static Map<String, Object> changed(Map<?, ?> plain, List<String> path, BranchWrite write) {
        Map<String, Object> copy = copyOf(plain);
        String key = path.get(0);
        if (path.size() > 1) {
            Object child = copy.get(key);
            boolean isMap = child instanceof Map;
            if (isMap || !(write instanceof BranchWrite.Remove)) {
                Map<?, ?> inner = isMap ? (Map<?, ?>) child : Map.of();
                copy.put(key, changed(inner, path.subList(1, path.size()), write));
            }
        } else if (write instanceof BranchWrite.Put put) {
            boolean merge = put.mode() == BranchWrite.Mode.MERGE;
            copy.put(key, merge ? mergedValue(copy.get(key), put.value()) : put.value());
        } else if (write instanceof BranchWrite.Items items) {
            copy.put(key, items.values());
        } else {
            copy.remove(key);
        }
        return copy;
    }

    /** The plain object with these members; others stay, at every depth. */
    static Map<String, Object> merged(Map<?, ?> plain, Map<?, ?> members) {
        Map<String, Object> copy = copyOf(plain);
        members.forEach((key, value) ->
                copy.put((String) key, mergedValue(copy.get((String) key), value)));
        return copy;
    }

    private static Object mergedValue(Object shown, Object value) {
        return shown instanceof Map<?, ?> plain && value instanceof Map<?, ?> members
                ? merged(plain, members) : value;
    }

    private static Map<String, Object> copyOf(Map<?, ?> plain) {
        Map<String, Object> copy = new LinkedHashMap<>();
        plain.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
