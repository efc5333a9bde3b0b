package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.AnyValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns shared types into plain values, however deep they are nested. */
final class JsonView {
    /** Undefined becomes null, a subdocument its guid. */
    static final JsonView PLAIN = new JsonView(false);

    /** Undefined and subdocuments stay what they are. */
    static final JsonView EXACT = new JsonView(true);

    private final boolean exact;

    private JsonView(boolean exact) {
        this.exact = exact;
    }

    /** A map or list that is being filled. */
    private abstract static class Frame {
        abstract boolean hasNext();

        /** The next stored value. */
        abstract Object next();

        /** Puts the view of the value that {@link #next} gave last. */
        abstract void put(Object value);

        abstract Object result();
    }

    /** The plain values of a type: a map, a list or a text. */
    Object of(TypeNode root) {
        if (isText(root)) {
            return textOf(root);
        }
        Deque<Frame> open = new ArrayDeque<>();
        Frame outer = frameOf(root);
        open.push(outer);
        while (!open.isEmpty()) {
            Frame frame = open.peek();
            if (!frame.hasNext()) {
                open.pop();
                continue;
            }
            Object stored = frame.next();
            if (!(stored instanceof TypeNode nested)) {
                frame.put(exact ? stored : plain(stored));
            } else if (isText(nested)) {
                frame.put(textOf(nested));
            } else {
                Frame inner = frameOf(nested);
                frame.put(inner.result());
                open.push(inner);
            }
        }
        return outer.result();
    }

    private static boolean isText(TypeNode node) {
        return switch (kindOf(node)) {
            case TEXT, XML_TEXT, XML_ELEMENT, XML_FRAGMENT -> true;
            case MAP, XML_HOOK, ARRAY, UNKNOWN -> false;
        };
    }

    private static String textOf(TypeNode node) {
        return kindOf(node) == TypeKind.TEXT ? TextRun.plainTextOf(node) : XmlView.of(node);
    }

    /** What a type is, or looks like when nobody has said it. */
    private static TypeKind kindOf(TypeNode node) {
        if (node.kind != TypeKind.UNKNOWN) {
            return node.kind;
        }
        if (node.start == null) {
            return TypeKind.MAP;
        }
        for (Item item = node.start; item != null; item = item.right) {
            if (item.content() instanceof ContentString
                    || item.content() instanceof ContentFormat) {
                return TypeKind.TEXT;
            }
            if (item.content() instanceof ContentType type && !type.node.isDeleted()) {
                boolean xml = type.node.kind == TypeKind.XML_ELEMENT
                        || type.node.kind == TypeKind.XML_TEXT;
                return xml ? TypeKind.XML_FRAGMENT : TypeKind.ARRAY;
            }
        }
        return TypeKind.ARRAY;
    }

    private static Frame frameOf(TypeNode node) {
        return kindOf(node) == TypeKind.ARRAY ? new ListFrame(node) : new MapFrame(node);
    }

    private static final class MapFrame extends Frame {
        private final Map<String, Object> result = new LinkedHashMap<>();
        private final Iterator<Item> entries;
        private Item next;      // the next one that has a value; null = none
        private String key;     // of the last value given; null before the first

        MapFrame(TypeNode node) {
            entries = node.entries().iterator();
            advance();
        }

        private void advance() {
            next = null;
            while (next == null && entries.hasNext()) {
                Item item = entries.next();
                next = item.isDeleted() ? null : item;
            }
        }

        @Override
        boolean hasNext() {
            return next != null;
        }

        @Override
        Object next() {
            Item item = next;
            advance();
            key = item.parentSub;
            return item.content().valueAt(item.length() - 1);
        }

        @Override
        void put(Object value) {
            result.put(key, value);
        }

        @Override
        Object result() {
            return result;
        }
    }

    private static final class ListFrame extends Frame {
        private final List<Object> result;
        private Item item;      // holds the next element; null = end
        private long unit;

        ListFrame(TypeNode node) {
            result = new ArrayList<>((int) node.length);
            item = node.start;
            toVisible();
        }

        private void toVisible() {
            while (item != null && !item.isVisible()) {
                item = item.right;
            }
        }

        @Override
        boolean hasNext() {
            return item != null;
        }

        @Override
        Object next() {
            Object value = item.content().valueAt(unit++);
            if (unit == item.length()) {
                unit = 0;
                item = item.right;
                toVisible();
            }
            return value;
        }

        @Override
        void put(Object value) {
            result.add(value);
        }

        @Override
        Object result() {
            return result;
        }
    }

    /** A stored value without undefined; nesting is bounded by the limits of decoding. */
    static Object plain(Object stored) {
        if (stored == AnyValue.UNDEFINED) {
            return null;
        }
        if (stored instanceof Subdocument reference) {
            return reference.guid();
        }
        if (stored instanceof List<?> list && holdsUndefined(list)) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        if (stored instanceof Map<?, ?> map && holdsUndefined(map)) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, plain(value)));
            return copy;
        }
        return stored;
    }

    private static boolean holdsUndefined(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(JsonView::holdsUndefined);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(JsonView::holdsUndefined);
        }
        return value == AnyValue.UNDEFINED;
    }
}
