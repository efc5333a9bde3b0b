package io.adaos.hub.projection.crdt;

import java.util.List;
import java.util.Map;

/** Writes the values of a scenario, in which {@code $type} says that a value is a shared type. */
@SuppressWarnings("unchecked")
final class ReplayContent {
    private ReplayContent() {}

    private static boolean isType(Object value) {
        return value instanceof Map<?, ?> map && map.containsKey("$type");
    }

    private static NewType<?> typeOf(Object value) {
        Map<String, Object> type = (Map<String, Object>) value;
        String kind = (String) type.get("$type");
        return switch (kind) {
            case "Map" -> NewType.MAP;
            case "Array" -> NewType.ARRAY;
            case "Text" -> NewType.TEXT;
            case "XmlFragment" -> NewType.XML_FRAGMENT;
            case "XmlText" -> NewType.XML_TEXT;
            case "XmlElement" -> NewType.xmlElement((String) type.get("name"));
            case "XmlHook" -> NewType.xmlHook((String) type.get("name"));
            default -> throw new AssertionError("unknown type " + kind);
        };
    }

    static void set(Transaction transaction, YMap map, String key, Object value) {
        if (isType(value)) {
            fill(transaction, map.setNew(transaction, key, typeOf(value)), value);
        } else {
            map.set(transaction, key, Portable.toValue(value));
        }
    }

    static void embed(Transaction transaction, YText text, int index, Map<String, Object> op) {
        Object value = op.get("e");
        Map<String, Object> attributes =
                (Map<String, Object>) op.getOrDefault("a", Map.of());
        if (isType(value)) {
            fill(transaction,
                    text.insertNew(transaction, index, typeOf(value), attributes), value);
        } else {
            text.insertEmbed(transaction, index, value, attributes);
        }
    }

    /** Content goes in at once, an element's children before its attributes, as in yjs. */
    private static void fill(Transaction transaction, SharedType nested, Object value) {
        Map<String, Object> type = (Map<String, Object>) value;
        Object content = type.get("init");
        if (content != null) {
            if (nested instanceof YMap map) {
                ((Map<String, Object>) content).forEach((key, entry) ->
                        set(transaction, map, key, entry));
            } else if (nested instanceof YText text) {
                text.insert(transaction, 0, (String) content);
            } else {
                insert(transaction, nested, 0, (List<Object>) content);
            }
        }
        if (nested instanceof YXmlElement element && type.get("attrs") instanceof Map<?, ?> all) {
            all.forEach((name, attribute) ->
                    element.setAttribute(transaction, (String) name, Portable.toValue(attribute)));
        }
    }

    /** Plain values between two types go in together, as in one call of yjs. */
    static void insert(
            Transaction transaction, SharedType list, int index, List<Object> values) {
        int at = index;
        int i = 0;
        while (i < values.size()) {
            int from = i;
            while (i < values.size() && !isType(values.get(i))) {
                i++;
            }
            if (i > from) {
                ((YArray) list).insert(transaction, at,
                        (List<?>) Portable.toValue(values.subList(from, i)));
                at += i - from;
            }
            if (i < values.size()) {
                Object value = values.get(i++);
                fill(transaction, list instanceof YArray array
                        ? array.insertNew(transaction, at, typeOf(value))
                        : ((YXmlFragment) list).insertNew(transaction, at, typeOf(value)), value);
                at++;
            }
        }
    }

    static void push(Transaction transaction, SharedType list, List<Object> values) {
        if (list instanceof YArray array && values.stream().noneMatch(ReplayContent::isType)) {
            array.pushAll(transaction, (List<?>) Portable.toValue(values));
        } else if (list instanceof YArray array) {
            values.forEach(value -> fill(transaction,
                    array.pushNew(transaction, typeOf(value)), value));
        } else {
            insert(transaction, list, ((YXmlFragment) list).size(), values);
        }
    }
}
