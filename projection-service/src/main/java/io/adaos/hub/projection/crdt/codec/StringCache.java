package io.adaos.hub.projection.crdt.codec;

/** A small fixed-size cache that gives equal short ASCII strings as one object. */
public final class StringCache {
    private static final int SLOTS = 1024;
    private static final int BYTES_MAX = 40;

    private final String[] slots = new String[SLOTS];

    /** The cached string of these bytes, or null when it has none. */
    String find(byte[] bytes, int from, int length) {
        if (length > BYTES_MAX) {
            return null;
        }
        String known = slots[slotOf(bytes, from, length)];
        if (known == null || known.length() != length) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != bytes[from + i]) {
                return null;
            }
        }
        return known;
    }

    /** Remembers a string that was just read, when it is short and plain ASCII. */
    void keep(byte[] bytes, int from, String text, int length) {
        if (length <= BYTES_MAX && text.length() == length) {
            slots[slotOf(bytes, from, length)] = text;
        }
    }

    private static int slotOf(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[from + i];
        }
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
