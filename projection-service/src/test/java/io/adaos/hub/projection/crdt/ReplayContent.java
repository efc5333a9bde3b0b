package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the values of a scenario, in which {@code $type} says that a value is a shared type. */
@SuppressWarnings("unchecked")
final class ReplayContent {
    private ReplayContent() {}

    private static boolean isType(Object value) {
        return value instanceof Map<?, ?> map && map.containsKey("$type");
    }

    private static NewType<? extends SharedType> typeOf(Transaction transaction, Object value) {
        Map<String, Object> type = (Map<String, Object>) value;
        return emptyType(type).with(nested -> fill(transaction, nested, type));
    }

    private static NewType<? extends SharedType> emptyType(Map<String, Object> type) {
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
            map.setNew(transaction, key, typeOf(transaction, value));
        } else {
            map.set(transaction, key, Portable.toValue(value));
        }
    }

    static void setAttribute(
            Transaction transaction, YXmlElement element, String name, Object value) {
        if (isType(value)) {
            element.setNewAttribute(transaction, name, typeOf(transaction, value));
        } else {
            element.setAttribute(transaction, name, Portable.toValue(value));
        }
    }

    static void setAttribute(Transaction transaction, YText text, String name, Object value) {
        if (isType(value)) {
            text.setNewAttribute(transaction, name, typeOf(transaction, value));
        } else {
            text.setAttribute(transaction, name, Portable.toValue(value));
        }
    }

    static void embed(Transaction transaction, YText text, Map<String, Object> op) {
        Object value = op.get("e");
        int index = ((Long) op.get("i")).intValue();
        Map<String, Object> attributes =
                (Map<String, Object>) Portable.toValue(op.getOrDefault("a", Map.of()));
        if (isType(value)) {
            text.insertNew(transaction, index, typeOf(transaction, value), attributes);
        } else {
            text.insertEmbed(transaction, index, Portable.toValue(value), attributes);
        }
    }

    /** The changes that a Quill delta asks for. */
    static List<TextChange> changes(List<Object> delta) {
        return delta.stream().map(ReplayContent::change).toList();
    }

    private static TextChange change(Object step) {
        Map<String, Object> op = (Map<String, Object>) step;
        Map<String, Object> attributes =
                (Map<String, Object>) Portable.toValue(op.getOrDefault("attributes", Map.of()));
        if (op.containsKey("insert")) {
            return new TextChange.Insert(Portable.toValue(op.get("insert")), attributes);
        }
        return op.containsKey("retain")
                ? new TextChange.Retain(((Long) op.get("retain")).intValue(), attributes)
                : new TextChange.Delete(((Long) op.get("delete")).intValue());
    }

    /** Content goes in at once, an element's children before its attributes, as in yjs. */
    private static void fill(
            Transaction transaction, SharedType nested, Map<String, Object> type) {
        Object content = type.get("init");
        Map<String, Object> attributes =
                (Map<String, Object>) type.getOrDefault("attrs", Map.of());
        if (nested instanceof YMap map) {
            ((Map<String, Object>) type.getOrDefault("init", Map.of())).forEach((key, entry) ->
                    set(transaction, map, key, entry));
        } else if (nested instanceof YText text) {
            if (content != null) {
                text.insert(transaction, 0, (String) content);
            }
            text.apply(transaction,
                    changes((List<Object>) type.getOrDefault("delta", List.of())));
            attributes.forEach((name, attribute) ->
                    setAttribute(transaction, text, name, attribute));
        } else if (content != null) {
            insert(transaction, nested, 0, (List<Object>) content);
        }
        if (nested instanceof YXmlElement element) {
            attributes.forEach((name, attribute) ->
                    setAttribute(transaction, element, name, attribute));
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
                insertType(transaction, list, at++, typeOf(transaction, values.get(i++)));
            }
        }
    }

    private static void insertType(Transaction transaction, SharedType list, int index,
            NewType<? extends SharedType> type) {
        if (list instanceof YArray array) {
            array.insertNew(transaction, index, type);
        } else {
            ((YXmlFragment) list).insertNew(transaction, index, type);
        }
    }

    static void push(Transaction transaction, SharedType list, List<Object> values) {
        if (list instanceof YArray array && values.stream().noneMatch(ReplayContent::isType)) {
            array.pushAll(transaction, (List<?>) Portable.toValue(values));
        } else if (list instanceof YArray array) {
            pushMixed(transaction, array, values);
        } else {
            insert(transaction, list, ((YXmlFragment) list).size(), values);
        }
    }

    private static void pushMixed(Transaction transaction, YArray array, List<Object> values) {
        List<Object> plain = new ArrayList<>();
        for (Object value : values) {
            if (isType(value)) {
                array.pushAll(transaction, (List<?>) Portable.toValue(plain));
                plain.clear();
                array.pushNew(transaction, typeOf(transaction, value));
            } else {
                plain.add(value);
            }
        }
        array.pushAll(transaction, (List<?>) Portable.toValue(plain));
    }
}
