package io.adaos.hub.projection.crdt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes XML types the way yjs prints them: attributes sorted, nothing escaped. */
final class XmlView {
    private final StringBuilder out = new StringBuilder();

    /** Texts and types still to be written, the next one first. */
    private final Deque<Object> todo = new ArrayDeque<>();

    private XmlView() {}

    static String of(TypeNode node) {
        XmlView view = new XmlView();
        view.todo.push(node);
        while (!view.todo.isEmpty()) {
            Object next = view.todo.pop();
            if (next instanceof TypeNode type) {
                view.expand(type);
            } else {
                view.out.append(next);
            }
        }
        return view.out.toString();
    }

    private void expand(TypeNode node) {
        switch (node.kind) {
            case XML_ELEMENT -> pushAll(elementParts(node));
            case XML_FRAGMENT, UNKNOWN -> pushAll(children(node));
            case XML_TEXT -> pushAll(textParts(node));
            case TEXT -> out.append(TextRun.plainTextOf(node));
            case ARRAY, MAP, XML_HOOK -> out.append(JsText.OBJECT);
        }
    }

    private void pushAll(List<Object> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            todo.push(parts.get(i));
        }
    }

    private static List<Object> elementParts(TypeNode node) {
        String name = YXmlElement.nameOf(node).toLowerCase(Locale.ROOT);
        List<Object> parts = new ArrayList<>();
        parts.add("<" + name);
        Map<String, Item> attributes = new TreeMap<>();
        node.entries().forEach(item -> attributes.put(item.parentSub, item));
        attributes.forEach((key, item) -> {
            if (!item.isDeleted()) {
                parts.add(" " + key + "=\"");
                parts.add(partOf(item.content().valueAt(item.length() - 1)));
                parts.add("\"");
            }
        });
        parts.add(">");
        parts.addAll(children(node));
        parts.add("</" + name + ">");
        return parts;
    }

    private static Object partOf(Object value) {
        return value instanceof TypeNode ? value : JsText.of(value);
    }

    private static List<Object> children(TypeNode node) {
        List<Object> parts = new ArrayList<>();
        for (Item item = node.start; item != null; item = item.right) {
            for (long i = 0; item.isVisible() && i < item.length(); i++) {
                parts.add(partOf(item.content().valueAt(i)));
            }
        }
        return parts;
    }

    private static List<Object> textParts(TypeNode node) {
        List<Object> parts = new ArrayList<>();
        for (TextRun run : TextRun.runsOf(node)) {
            Map<String, Object> tags = new TreeMap<>(run.attributes());
            StringBuilder close = new StringBuilder();
            tags.forEach((tag, value) -> {
                parts.add("<" + tag + tagAttributes(value) + ">");
                close.insert(0, "</" + tag + ">");
            });
            parts.add(partOf(run.insert()));
            parts.add(close.toString());
        }
        return parts;
    }

    /** The members of an object; JavaScript sees the units of a string as its members, too. */
    private static String tagAttributes(Object value) {
        Map<String, Object> sorted = new TreeMap<>();
        if (value instanceof Map<?, ?> attributes) {
            attributes.forEach((key, attribute) -> sorted.put((String) key, attribute));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> sorted.put(Integer.toString(sorted.size()), element));
        } else if (value instanceof String string) {
            for (int i = 0; i < string.length(); i++) {
                sorted.put(Integer.toString(i), string.substring(i, i + 1));
            }
        }
        StringBuilder text = new StringBuilder();
        sorted.forEach((key, attribute) -> text.append(' ').append(key).append("=\"")
                .append(JsText.of(attribute)).append('"'));
        return text.toString();
    }
}
