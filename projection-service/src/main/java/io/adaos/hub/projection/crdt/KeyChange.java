package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;

/**
 * What became of the value of a key.
 *
 * @param action what happened; a value that is written again is an update
 * @param oldValue the value before, as {@link YMap#get} gave it; null when there was none. A
 *     shared type that was deleted is given empty
 */
public record KeyChange(Action action, Object oldValue) {

    /** What happens to keys. */
    public enum Action { ADD, UPDATE, DELETE }

    /** A change from the value of an item, null = none, to another value or to none. */
    static KeyChange of(Item before, boolean hasValue, Doc doc) {
        if (before == null) {
            return new KeyChange(Action.ADD, null);
        }
        Object stored = before.content().valueAt(before.length() - 1);
        Object old = stored instanceof TypeNode nested ? nested.view(doc)
                : stored == AnyValue.UNDEFINED ? null : stored;
        return new KeyChange(hasValue ? Action.UPDATE : Action.DELETE, old);
    }
}
