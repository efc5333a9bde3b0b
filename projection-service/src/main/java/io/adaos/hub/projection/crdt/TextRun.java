package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a text in which all attributes are the same.
 *
 * @param insert a String, an embedded plain value, or an embedded shared type
 * @param attributes attribute to value, never null; empty when there are none
 */
public record TextRun(Object insert, Map<String, Object> attributes) {

    /** The live text without formats and embeds. */
    static String plainTextOf(TypeNode node) {
        StringBuilder text = new StringBuilder();
        for (Item item = node.start; item != null; item = item.right) {
            if (!item.isDeleted() && item.content() instanceof ContentString content) {
                text.append(content.text());
            }
        }
        return text.toString();
    }

    /** The runs of a text; embedded types are given as their nodes. */
    static List<TextRun> runsOf(TypeNode node) {
        List<TextRun> runs = new ArrayList<>();
        Map<String, Object> attributes = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (Item item = node.start; item != null; item = item.right) {
            if (item.isDeleted()) {
                continue;
            }
            if (item.content() instanceof ContentString content) {
                text.append(content.text());
                continue;
            }
            flush(text, attributes, runs);
            if (item.content() instanceof ContentFormat format) {
                apply(format, attributes);
            } else if (item.content() instanceof ContentEmbed
                    || item.content() instanceof ContentType) {
                runs.add(new TextRun(item.content().valueAt(0), inOrder(attributes)));
            }
        }
        flush(text, attributes, runs);
        return runs;
    }

    /** What a mark makes of the attributes that were valid before it. */
    static void apply(ContentFormat format, Map<String, Object> attributes) {
        Object value = format.value();
        if (value == null) {
            attributes.remove(format.key());
        } else {
            attributes.put(format.key(), value);
        }
    }

    private static Map<String, Object> inOrder(Map<String, Object> attributes) {
        return attributes.isEmpty() ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    private static void flush(StringBuilder text, Map<String, Object> attributes,
            List<TextRun> runs) {
        if (text.length() > 0) {
            runs.add(new TextRun(text.toString(), inOrder(attributes)));
            text.setLength(0);
        }
    }
}
