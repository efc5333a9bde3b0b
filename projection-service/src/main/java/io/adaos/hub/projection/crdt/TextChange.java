package io.adaos.hub.projection.crdt;

import java.util.Map;

/** A step over a text, from its head to its end: write, keep or delete. Units are UTF-16 units. */
public sealed interface TextChange {

    /**
     * Writes here.
     *
     * @param insert a String; or a plain value to embed: an object, a list, a number, a boolean
     * @param attributes exactly those that the inserted gets
     */
    record Insert(Object insert, Map<String, ?> attributes) implements TextChange {}

    /**
     * Goes on over so many units and embeds.
     *
     * @param attributes those that change on the way; null ends one
     */
    record Retain(int count, Map<String, ?> attributes) implements TextChange {
        /** The count is not negative. */
        public Retain {
            checkCount(count);
        }
    }

    /** Deletes so many units and embeds. */
    record Delete(int count) implements TextChange {
        /** The count is not negative. */
        public Delete {
            checkCount(count);
        }
    }

    private static void checkCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count " + count + " is negative");
        }
    }
}
