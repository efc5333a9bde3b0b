package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a document shows, in the form in which the tests' yjs tells it. */
final class FuzzView {
    private FuzzView() {}

    /** The roots that scripts edit. */
    static final Map<String, String> ROOTS =
            Map.of("m", "map", "a", "array", "t", "text", "x", "xml");

    /** An empty document with the roots of scripts. */
    static Doc newDoc(long clientId) {
        Doc doc = new Doc(clientId);
        ROOTS.forEach((root, kind) -> Scenario.rootOf(doc, root, kind));
        return doc;
    }

    /** The roots of scripts. */
    static Map<String, Object> of(Doc doc) {
        return of(doc, ROOTS);
    }

    /** Some roots, named with the kind they are. */
    static Map<String, Object> of(Doc doc, Map<String, String> roots) {
        Map<String, Object> views = new TreeMap<>();
        roots.forEach((root, kind) ->
                views.put(root, viewOf(Scenario.rootOf(doc, root, kind).node)));
        return views;
    }

    private static Map<String, Object> viewOf(TypeNode node) {
        Map<String, Object> view = new LinkedHashMap<>();
        switch (node.kind) {
            case MAP -> view.put("kind", "Map");
            case ARRAY -> view.put("kind", "Array");
            case TEXT -> view.put("kind", "Text");
            case XML_TEXT -> view.put("kind", "XmlText");
            case XML_HOOK -> view.put("kind", "XmlHook");
            case XML_FRAGMENT -> view.put("kind", "XmlFragment");
            case XML_ELEMENT -> view.put("kind", "XmlElement");
            case UNKNOWN -> throw new AssertionError("root of no kind");
        }
        if (node.kind.isNamed()) {
            view.put("name", node.name);
        }
        switch (node.kind) {
            case MAP, XML_HOOK -> view.put("entries", entriesOf(node));
            case TEXT, XML_TEXT -> {
                view.put("runs", runsOf(node));
                view.put("attrs", entriesOf(node));
            }
            case XML_ELEMENT -> {
                view.put("attrs", entriesOf(node));
                view.put("items", itemsOf(node));
            }
            case ARRAY, XML_FRAGMENT, UNKNOWN -> view.put("items", itemsOf(node));
        }
        return view;
    }

    private static Object viewOf(Object stored) {
        return stored instanceof TypeNode nested ? viewOf(nested) : Portable.of(stored);
    }

    private static Map<String, Object> entriesOf(TypeNode node) {
        Map<String, Object> entries = new TreeMap<>();
        node.entries().forEach(item -> {
            if (!item.isDeleted()) {
                entries.put(item.parentSub,
                        viewOf(item.content().valueAt(item.length() - 1)));
            }
        });
        return entries;
    }

    private static List<Object> itemsOf(TypeNode node) {
        List<Object> items = new ArrayList<>();
        for (Item item = node.start; item != null; item = item.right) {
            for (long i = 0; item.isVisible() && i < item.length(); i++) {
                items.add(viewOf(item.content().valueAt(i)));
            }
        }
        return items;
    }

    private static List<Object> runsOf(TypeNode node) {
        List<Object> runs = new ArrayList<>();
        for (TextRun run : TextRun.runsOf(node)) {
            runs.add(List.of(viewOf(run.insert()), Portable.of(run.attributes())));
        }
        return runs;
    }
}
