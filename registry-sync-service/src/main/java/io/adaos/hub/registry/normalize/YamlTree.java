package io.adaos.hub.registry.normalize;

import io.adaos.hub.contracts.error.FieldProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds plain values from the events of one YAML document; used once. */
final class YamlTree {
    /*
     * Notes.
     *
     * Values are built from parser events and not by the engine's loader: so that every fault is
     * found in one go and carries its place, so that limits hold while the events come, and so
     * that a document with aliases is judged by the size it has when written out. An anchored
     * value is shared, not copied; its weight is added again wherever it is referred to, which is
     * what ends an alias bomb, and its levels are counted there too. An anchor is known only when
     * its value is complete, so a value cannot contain itself.
     */

    private static final String CORE = "tag:yaml.org,2002:";
    private static final Set<String> TAGS = Set.of("!", CORE + "str", CORE + "int", CORE + "float",
            CORE + "bool", CORE + "null", CORE + "map", CORE + "seq");
    private static final String MERGE = "<<";
    private static final int WEIGHT_OF_VALUE = 8;
    private static final int PROBLEMS_MAX = 50;

    private final YamlLimits limits;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final StringBuilder path = new StringBuilder();
    private Iterator<Event> events;
    private long weight;
    /** The deepest level of the value that is being read. */
    private int deepest;

    YamlTree(YamlLimits limits) {
        this.limits = limits;
    }

    /** Reads the one document; {@code fileName} is the path of problems at its root. */
    ManifestDocument read(String fileName, Iterable<Event> stream) {
        events = stream.iterator();
        Event first = next();
        while (first.getEventId() == Event.ID.StreamStart
                || first.getEventId() == Event.ID.DocumentStart) {
            first = next();
        }
        if (!(first instanceof MappingStartEvent)) {
            return ManifestDocument.unreadable(new FieldProblem(fileName, "manifest_not_a_mapping",
                    first instanceof NodeEvent
                            ? ManifestReader.at(first.getStartMark())
                                    + "the manifest must be a mapping of names to values"
                            : "the manifest is empty",
                    "Write 'name: value' lines, at least 'name' and 'version'"));
        }
        Object root = value(first, 0);
        next();                                             // end of the document
        if (next().getEventId() != Event.ID.StreamEnd) {
            problems.add(new FieldProblem(fileName, "yaml_documents",
                    "the file holds more than one YAML document",
                    "Keep one document; remove the line '---' and what follows it"));
        }
        return new ManifestDocument(Optional.of(mapping(root)), problems);
    }

    private Event next() {
        return events.next();
    }

    private Object value(Event event, int depth) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias, depth);
        }
        checkDepth(event, depth);
        int deepestBefore = deepest;
        deepest = depth;
        long before = weight;
        Object value;
        if (event instanceof ScalarEvent scalar) {
            weigh(event, WEIGHT_OF_VALUE + scalar.getValue().length());
            value = scalar(scalar);
        } else {
            weigh(event, WEIGHT_OF_VALUE);
            checkTag((NodeEvent) event, tagOf(event));
            value = event instanceof SequenceStartEvent ? list(depth) : map(depth);
        }
        ((NodeEvent) event).getAnchor().ifPresent(anchor ->
                anchors.put(anchor.getValue(),
                        new Anchored(value, weight - before, deepest - depth)));
        deepest = Math.max(deepest, deepestBefore);
        return value;
    }

    private void checkDepth(Event event, int depth) {
        if (depth > limits.depthMax()) {
            throw new LimitException(problemAt(event, "manifest_too_deep",
                    "values are nested deeper than " + limits.depthMax() + " levels",
                    "Flatten the manifest"));
        }
    }

    private Object aliased(AliasEvent alias, int depth) {
        Anchored anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            report(alias, "yaml_alias", "'*" + alias.getAlias().getValue()
                    + "' refers to nothing before it, or to the value it stands in",
                    "Define the anchor before it is used, or write the value out");
            return null;
        }
        weigh(alias, anchored.weight() + WEIGHT_OF_VALUE);
        checkDepth(alias, depth + anchored.levels());
        deepest = Math.max(deepest, depth + anchored.levels());
        return anchored.value();
    }

    private List<Object> list(int depth) {
        List<Object> items = new ArrayList<>();
        int length = path.length();
        for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
            path.append('[').append(items.size()).append(']');
            items.add(value(item, depth + 1));
            path.setLength(length);
        }
        return Collections.unmodifiableList(items);
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        List<Object> merged = new ArrayList<>();
        int length = path.length();
        for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
            String name = key(key, depth);
            path.append(length == 0 ? "" : ".").append(name == null ? "?" : name);
            if (name != null && members.containsKey(name)) {
                report(key, "duplicate_key", "the key '" + name + "' is here twice",
                        "Keep one of the two");
            }
            boolean isMerge = MERGE.equals(name) && key instanceof ScalarEvent scalar
                    && scalar.isPlain();
            Object member = value(next(), depth + 1);
            if (isMerge) {
                merged.addAll(mergeSources(key, member));
            } else if (name != null) {
                members.putIfAbsent(name, member);
            }
            path.setLength(length);
        }
        merged.forEach(source -> mapping(source).forEach(members::putIfAbsent));
        return Collections.unmodifiableMap(members);
    }

    /** The key as text; null, and reported, when it is none. */
    private String key(Event event, int depth) {
        Object key = value(event, depth + 1);
        boolean isScalar = event instanceof ScalarEvent
                || event instanceof AliasEvent && !(key instanceof Map) && !(key instanceof List);
        if (!isScalar || key == null) {
            report(event, "yaml_key", "a key must be text", "Name the value by plain text");
            return null;
        }
        return event instanceof ScalarEvent scalar ? scalar.getValue() : String.valueOf(key);
    }

    private List<Object> mergeSources(Event event, Object value) {
        Object given = value == null ? "" : value;
        List<?> sources = given instanceof List<?> list ? list : List.of(given);
        if (sources.stream().allMatch(Map.class::isInstance)) {
            return List.copyOf(sources);
        }
        report(event, "yaml_merge", "'<<' takes a mapping or a list of mappings",
                "Refer to a mapping, as in '<<: *defaults'");
        return List.of();
    }

    private Object scalar(ScalarEvent event) {
        String tag = tagOf(event);
        checkTag(event, tag);
        if (hasLoneSurrogate(event.getValue())) {
            report(event, "text_not_unicode", "the text holds half of a surrogate pair",
                    "Write the character itself instead of \\u escapes");
            return "";
        }
        boolean isText = tag.isEmpty() ? !event.isPlain() : tag.equals("!") || tag.endsWith(":str");
        if (isText) {
            return event.getValue();
        }
        try {
            return YamlScalars.plain(event.getValue()).orElse(null);
        } catch (YamlScalars.NumberException e) {
            report(event, "number_out_of_range", e.getMessage(),
                    "Put it in quotes when it is text");
            return null;
        }
    }

    private static String tagOf(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag().orElse("");
        }
        return event instanceof MappingStartEvent mapping
                ? mapping.getTag().orElse("") : ((SequenceStartEvent) event).getTag().orElse("");
    }

    private void checkTag(NodeEvent event, String tag) {
        if (!tag.isEmpty() && !TAGS.contains(tag)) {
            report(event, "yaml_tag", "the tag '" + tag + "' is not taken: a manifest holds plain "
                    + "values only", "Remove the tag, and write the value as text");
        }
    }

    private void weigh(Event event, long more) {
        weight += more;
        if (weight > limits.weightMax()) {
            throw new LimitException(problemAt(event, "manifest_too_big",
                    "written out, with every alias replaced by its value, the manifest is too big",
                    "Use fewer aliases, and move tables into files of their own"));
        }
    }

    private void report(Event event, String code, String message, String remedy) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(problemAt(event, code, message, remedy));
        }
    }

    private FieldProblem problemAt(Event event, String code, String message, String remedy) {
        return new FieldProblem(path.toString(), code,
                ManifestReader.at(event.getStartMark()) + message, remedy);
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE
                && c <= Character.MAX_SURROGATE);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mapping(Object value) {
        return (Map<String, Object>) value;
    }

    /** A complete anchored value, with its weight and the levels below it where it is used. */
    private record Anchored(Object value, long weight, int levels) {
    }

    /** The document asks for more than the limits allow; reading stops at once. */
    static final class LimitException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient FieldProblem problem;

        LimitException(FieldProblem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        FieldProblem problem() {
            return problem;
        }
    }
}
