package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One history of several clients with all that must come out of it. */
@SuppressWarnings("unchecked")
record Scenario(Map<String, Object> json) {

    String name() {
        return (String) json.get("name");
    }

    /** Root name to map, array, text, xml, xmltext or xmlelement. */
    Map<String, String> roots() {
        return (Map<String, String>) json.get("roots");
    }

    List<Long> clients() {
        return (List<Long>) json.get("clients");
    }

    List<byte[]> updates() {
        List<byte[]> updates = new ArrayList<>();
        for (Object update : (List<Object>) json.get("updates")) {
            updates.add(Vectors.base64(((Map<String, Object>) update).get("u")));
        }
        return updates;
    }

    /** Order name to indices of updates. */
    Map<String, List<Long>> orders() {
        return (Map<String, List<Long>>) json.get("orders");
    }

    List<List<Object>> events() {
        return (List<List<Object>>) json.getOrDefault("ev", List.of());
    }

    Map<String, Object> expected() {
        return (Map<String, Object>) json.get("expect");
    }

    List<Map<String, Object>> peers() {
        return (List<Map<String, Object>>) json.getOrDefault("sync", List.of());
    }

    /** An empty document with the roots of this scenario. */
    Doc newDoc(long clientId) {
        Doc doc = new Doc(clientId);
        roots().forEach((root, kind) -> rootOf(doc, root, kind));
        return doc;
    }

    /** An empty document that is none of the authors. */
    Doc newReader() {
        long id = 1;
        while (clients().contains(id)) {
            id++;
        }
        return newDoc(id);
    }

    /** A reader that has applied these updates. */
    Doc readerOf(Iterable<byte[]> updates) throws MalformedUpdateException {
        Doc doc = newReader();
        for (byte[] update : updates) {
            doc.apply(update, "test");
        }
        return doc;
    }

    static SharedType rootOf(Doc doc, String root, String kind) {
        return switch (kind) {
            case "map" -> doc.getMap(root);
            case "array" -> doc.getArray(root);
            case "text" -> doc.getText(root);
            case "xml" -> doc.getXmlFragment(root);
            case "xmltext" -> doc.getXmlText(root);
            case "xmlelement" -> doc.getXmlElement(root);
            default -> throw new AssertionError("unknown kind of root: " + kind);
        };
    }

    /** What the document holds, in the form of {@code expect.json}. */
    Map<String, Object> contentOf(Doc doc) {
        Map<String, Object> content = new LinkedHashMap<>();
        roots().forEach((root, kind) ->
                content.put(root, Portable.of(JsonView.EXACT.of(rootOf(doc, root, kind).node))));
        return content;
    }

    /** The runs of the text at a path such as {@code root/key/0}, in the form of the vectors. */
    List<Object> deltaOf(Doc doc, String path) {
        String[] steps = path.split("/");
        Object at = rootOf(doc, steps[0], roots().get(steps[0]));
        for (int i = 1; i < steps.length; i++) {
            at = child(at, steps[i]);
        }
        List<Object> runs = new ArrayList<>();
        for (TextRun run : ((YText) at).runs()) {
            Object insert = run.insert();
            Map<String, Object> op = new LinkedHashMap<>();
            op.put("insert", insert instanceof SharedType nested
                    ? Map.of("$nested", Portable.of(JsonView.EXACT.of(nested.node)))
                    : Portable.of(insert));
            if (!run.attributes().isEmpty()) {
                op.put("attributes", Portable.of(run.attributes()));
            }
            runs.add(op);
        }
        return runs;
    }

    static Object child(Object type, Object step) {
        if (type instanceof YMap map) {
            return map.get((String) step);
        }
        int index = Integer.parseInt(step.toString());
        return type instanceof YArray array
                ? array.get(index) : ((YXmlFragment) type).children().get(index);
    }
}
