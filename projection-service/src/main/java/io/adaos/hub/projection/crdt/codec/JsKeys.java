package io.adaos.hub.projection.crdt.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The order of an object's keys in JavaScript: array indices ascending, the others as given. */
public final class JsKeys {
    private static final long INDEX_MAX = (1L << 32) - 2;
    private static final int INDEX_DIGITS_MAX = 10;

    private JsKeys() {}

    /** The entries in that order: the map itself when it has them so already, else a copy. */
    public static <V> Map<String, V> inOrder(Map<String, V> object) {
        TreeMap<Long, String> indices = null;
        for (String key : object.keySet()) {
            if (isIndex(key)) {
                if (indices == null) {
                    indices = new TreeMap<>();
                }
                indices.put(Long.valueOf(key), key);
            }
        }
        if (indices == null) {
            return object;
        }
        Map<String, V> ordered = new LinkedHashMap<>();
        indices.values().forEach(key -> ordered.put(key, object.get(key)));
        object.forEach(ordered::putIfAbsent);
        return ordered;
    }

    /** Whether it is the one decimal form of an integer in 0..2^32-2. */
    private static boolean isIndex(String key) {
        int length = key.length();
        if (length == 0 || length > INDEX_DIGITS_MAX || key.charAt(0) == '0' && length > 1) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key.charAt(i) < '0' || key.charAt(i) > '9') {
                return false;
            }
        }
        return Long.parseLong(key) <= INDEX_MAX;
    }
}
