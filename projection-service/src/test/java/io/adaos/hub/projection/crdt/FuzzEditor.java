package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Carries out the edits of a script in a document of ours; {@code fuzz-edit.mjs} is its twin. */
@SuppressWarnings("unchecked")
final class FuzzEditor {
    private static final int ROOTS = 4;

    private final Doc doc;
    private final Transaction transaction;

    private FuzzEditor(Doc doc, Transaction transaction) {
        this.doc = doc;
        this.transaction = transaction;
    }

    /** Carries out one step in one transaction and gives its update. */
    static byte[] edit(Doc doc, Map<String, Object> step) {
        return doc.transact("edit", transaction -> {
            FuzzEditor editor = new FuzzEditor(doc, transaction);
            ((List<Map<String, Object>>) step.get("ops")).forEach(editor::edit);
        });
    }

    private static int number(Map<String, Object> op, String name) {
        return ((Long) op.get(name)).intValue();
    }

    private static List<Object> values(Map<String, Object> op) {
        return (List<Object>) op.get("values");
    }

    private SharedType targetOf(List<Long> at) {
        SharedType type = switch ((int) (at.get(0) % ROOTS)) {
            case 0 -> doc.getMap("m");
            case 1 -> doc.getArray("a");
            case 2 -> doc.getText("t");
            default -> doc.getXmlFragment("x");
        };
        for (long pick : at.subList(1, at.size())) {
            List<SharedType> nested = nestedIn(type);
            if (nested.isEmpty()) {
                break;
            }
            type = nested.get((int) (pick % nested.size()));
        }
        return type;
    }

    private static List<SharedType> nestedIn(SharedType type) {
        List<Object> values = new ArrayList<>();
        if (type instanceof YMap map) {
            new TreeSet<>(map.keys()).forEach(key -> values.add(map.get(key)));
        } else if (type instanceof YArray array) {
            values.addAll(array.toList());
        } else if (type instanceof YText text) {
            text.runs().forEach(run -> values.add(run.insert()));
        } else {
            values.addAll(((YXmlFragment) type).children());
        }
        return values.stream().filter(SharedType.class::isInstance)
                .map(SharedType.class::cast).toList();
    }

    private void edit(Map<String, Object> op) {
        SharedType type = targetOf((List<Long>) op.get("at"));
        if (type instanceof YText text) {
            editText(text, op);
        } else if (type instanceof YMap map) {
            editMap(map, op);
        } else if (type instanceof YArray array) {
            editArray(array, op);
        } else if (type instanceof YXmlElement element && number(op, "n") % 3 == 0) {
            editAttributes(element, op);
        } else {
            editXml((YXmlFragment) type, op);
        }
    }

    private void editMap(YMap map, Map<String, Object> op) {
        int kind = number(op, "kind");
        int i = number(op, "i");
        List<String> keys = List.copyOf(new TreeSet<>(map.keys()));
        if (kind < 6 || keys.isEmpty()) {
            set(map, (String) op.get("key"), values(op).get(0));
        } else if (kind == 9 && i % 4 == 0) {
            keys.forEach(key -> map.remove(transaction, key));
        } else {
            map.remove(transaction, keys.get(i % keys.size()));
        }
    }

    private void editArray(YArray array, Map<String, Object> op) {
        int kind = number(op, "kind");
        int length = array.size();
        if (kind >= 7 && length > 0) {
            int from = number(op, "i") % length;
            array.remove(transaction, from, 1 + number(op, "n") % (length - from));
            return;
        }
        List<Object> values = new ArrayList<>();
        for (Object value : values(op)) {
            boolean refused = value instanceof Map<?, ?> map
                    && (map.containsKey("$undefined") || map.containsKey("$bigint"));
            values.add(refused ? null : value);
        }
        if (kind == 6) {
            push(array, values);
        } else {
            insert(array, number(op, "i") % (length + 1), values);
        }
    }

    private void editXml(YXmlFragment xml, Map<String, Object> op) {
        int kind = number(op, "kind");
        int length = xml.size();
        if (kind >= 7 && length > 0) {
            int from = number(op, "i") % length;
            xml.remove(transaction, from, 1 + number(op, "n") % (length - from));
            return;
        }
        Object value = values(op).get(0);
        boolean isXml = isType(value)
                && ((String) ((Map<?, ?>) value).get("$type")).startsWith("Xml");
        Map<String, Object> child = isXml ? (Map<String, Object>) value
                : Map.of("$type", "XmlText", "init", op.get("text"));
        insertXml(xml, kind == 6 ? length : number(op, "i") % (length + 1), child);
    }

    private void insertXml(YXmlFragment xml, int index, Map<String, Object> child) {
        fill(xml.insertNew(transaction, index, newType(child)), child);
    }

    private void editAttributes(YXmlElement element, Map<String, Object> op) {
        String name = (String) op.get("key");
        if (number(op, "kind") == 9) {
            element.removeAttribute(transaction, name);
        } else {
            setAttribute(element, name, values(op).get(0));
        }
    }

    private void setAttribute(YXmlElement element, String name, Object value) {
        if (isType(value)) {
            Map<String, Object> type = (Map<String, Object>) value;
            fill(element.setNewAttribute(transaction, name, newType(type)), type);
        } else {
            element.setAttribute(transaction, name, Portable.toValue(value));
        }
    }

    private void editText(YText text, Map<String, Object> op) {
        int length = text.length();
        int at = number(op, "i") % (length + 1);
        int count = 1 + number(op, "n") % Math.max(1, length - at);
        Map<String, Object> attributes = (Map<String, Object>) op.get("attrs");
        switch (number(op, "kind")) {
            case 0, 1, 2 -> text.insert(transaction, at, (String) op.get("text"));
            case 3 -> text.insert(transaction, at, (String) op.get("text"), attributes);
            case 4, 5 -> {
                if (at < length) {
                    text.delete(transaction, at, count);
                }
            }
            case 6, 7 -> format(text, at, count, attributes);
            case 8 -> embed(text, at, op.get("embed"), attributes);
            default -> editTextAttributes(text, op);
        }
    }

    /** With surrogate pairs in it a text is formatted as a whole; the twin says why. */
    private void format(YText text, int at, int count, Map<String, Object> attributes) {
        boolean pairs = text.runs().stream().anyMatch(run -> run.insert() instanceof String units
                && units.chars().anyMatch(unit -> Character.isSurrogate((char) unit)));
        if (pairs) {
            text.format(transaction, 0, text.length(), attributes);
        } else if (at < text.length()) {
            text.format(transaction, at, count, attributes);
        }
    }

    private void embed(YText text, int at, Object embed, Map<String, Object> attributes) {
        if (isType(embed)) {
            text.insertNew(transaction, at, newType((Map<String, Object>) embed), attributes);
        } else {
            text.insertEmbed(transaction, at, Portable.toValue(embed), attributes);
        }
    }

    private void editTextAttributes(YText text, Map<String, Object> op) {
        String name = (String) op.get("key");
        Object value = values(op).get(0);
        if (number(op, "n") % 4 == 0) {
            text.removeAttribute(transaction, name);
        } else if (isType(value)) {
            Map<String, Object> type = (Map<String, Object>) value;
            fill(text.setNewAttribute(transaction, name, newType(type)), type);
        } else {
            text.setAttribute(transaction, name, Portable.toValue(value));
        }
    }

    private static boolean isType(Object value) {
        return value instanceof Map<?, ?> map && map.containsKey("$type");
    }

    private static NewType<?> newType(Map<String, Object> type) {
        String name = (String) type.get("name");
        return switch ((String) type.get("$type")) {
            case "Map" -> NewType.MAP;
            case "Array" -> NewType.ARRAY;
            case "Text" -> NewType.TEXT;
            case "XmlText" -> NewType.XML_TEXT;
            case "XmlHook" -> NewType.xmlHook(name);
            case "XmlElement" -> NewType.xmlElement(name);
            default -> throw new AssertionError("no such type: " + type);
        };
    }

    private void set(YMap map, String key, Object value) {
        if (isType(value)) {
            Map<String, Object> type = (Map<String, Object>) value;
            fill(map.setNew(transaction, key, newType(type)), type);
        } else {
            map.set(transaction, key, Portable.toValue(value));
        }
    }

    /** Puts in what a new type begins with, in the order of yjs. */
    private void fill(SharedType nested, Map<String, Object> type) {
        Object content = type.get("init");
        if (nested instanceof YMap map) {
            ((Map<String, Object>) content).forEach((key, value) -> set(map, key, value));
        } else if (nested instanceof YArray array) {
            insert(array, 0, (List<Object>) content);
        } else if (nested instanceof YText text) {
            text.insert(transaction, 0, (String) content);
        } else {
            YXmlElement element = (YXmlElement) nested;
            for (Object child : (List<Object>) content) {
                insertXml(element, element.size(), (Map<String, Object>) child);
            }
            ((Map<String, Object>) type.get("attrs")).forEach((name, value) ->
                    setAttribute(element, name, value));
        }
    }

    /** Plain values between two types go in together, as in one call of yjs. */
    private void insert(YArray array, int index, List<Object> values) {
        int at = index;
        for (int i = 0; i < values.size(); ) {
            int from = i;
            while (i < values.size() && !isType(values.get(i))) {
                i++;
            }
            array.insert(transaction, at, (List<?>) Portable.toValue(values.subList(from, i)));
            at += i - from;
            if (i < values.size()) {
                Map<String, Object> type = (Map<String, Object>) values.get(i++);
                fill(array.insertNew(transaction, at++, newType(type)), type);
            }
        }
    }

    private void push(YArray array, List<Object> values) {
        for (int i = 0; i < values.size(); ) {
            int from = i;
            while (i < values.size() && !isType(values.get(i))) {
                i++;
            }
            array.pushAll(transaction, (List<?>) Portable.toValue(values.subList(from, i)));
            if (i < values.size()) {
                Map<String, Object> type = (Map<String, Object>) values.get(i++);
                fill(array.pushNew(transaction, newType(type)), type);
            }
        }
    }
}
