package io.adaos.hub.registry.actions.canonical;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A JSON value as {@code ar-c14n-1} sees it: equal values have equal canonical bytes. */
public sealed interface JsonValue {

    /** Members in the order of the code points of their names. */
    record ObjectValue(SortedMap<String, JsonValue> members) implements JsonValue {
        public ObjectValue {
            members = Collections.unmodifiableSortedMap(members);
        }

        /** A member that is a text. */
        public Optional<String> text(String name) {
            return members.get(name) instanceof TextValue found
                    ? Optional.of(found.text()) : Optional.empty();
        }
    }

    /** Items in their order. */
    record ArrayValue(List<JsonValue> items) implements JsonValue {
        public ArrayValue {
            items = Collections.unmodifiableList(items);
        }
    }

    /** A text without lone surrogates. */
    record TextValue(String text) implements JsonValue {
    }

    /** A number or literal by its canonical token. */
    record TokenValue(String token) implements JsonValue {
    }
}
