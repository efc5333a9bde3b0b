package io.adaos.hub.projection.write.upkeep;

import io.adaos.hub.contracts.id.NodeId;
import io.adaos.hub.contracts.rules.ProjectionPath;
import io.adaos.hub.contracts.rules.ProjectionRule;
import io.adaos.hub.projection.rules.ModalIds;
import io.adaos.hub.projection.rules.NodeScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** All paths that one rule may have written, whoever was the user and whichever the node. */
final class PathPattern {

    private static final NodeId ANY_NODE = NodeId.HUB;
    private static final List<String> MODALS = List.of("ui", "application", "modals");
    private static final int SCOPED = 2;

    private final List<Predicate<String>> segments;

    private PathPattern(List<Predicate<String>> segments) {
        this.segments = List.copyOf(segments);
    }

    static PathPattern of(ProjectionRule rule) {
        List<String> path = rule.path().segments();
        List<String> scoped = rule.isOfNode() ? NodeScope.scoped(path, ANY_NODE) : path;
        boolean isBelowNode = scoped.size() > path.size();
        List<Predicate<String>> segments = new ArrayList<>();
        for (int i = 0; i < scoped.size(); i++) {
            boolean isModal = i == MODALS.size() && scoped.subList(0, i).equals(MODALS);
            segments.add(isBelowNode && i == SCOPED ? any -> true
                    : segment(scoped.get(i), isModal));
        }
        return new PathPattern(segments);
    }

    static PathPattern of(List<String> path) {
        return new PathPattern(path.stream()
                .<Predicate<String>>map(segment -> segment::equals).toList());
    }

    private static Predicate<String> segment(String declared, boolean isModal) {
        if (isModal) {
            String plain = ModalIds.ofNode(declared, "");
            return key -> ModalIds.ofNode(key, "").equals(plain);
        }
        if (!declared.contains(ProjectionPath.USER_ID)) {
            return declared::equals;
        }
        StringBuilder expression = new StringBuilder();
        for (String part : declared.split(Pattern.quote(ProjectionPath.USER_ID), -1)) {
            expression.append(expression.length() == 0 ? "" : ".+").append(Pattern.quote(part));
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL).asMatchPredicate();
    }

    /** Whether a path is one of these, lies below one, or holds one. */
    boolean overlaps(List<String> path) {
        int shared = Math.min(segments.size(), path.size());
        for (int i = 0; i < shared; i++) {
            if (!segments.get(i).test(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Those of the paths that a document holds. */
    List<List<String>> in(Map<String, Object> document) {
        List<List<String>> found = new ArrayList<>();
        found.add(List.of());
        List<Object> values = new ArrayList<>();
        values.add(document);
        for (Predicate<String> segment : segments) {
            List<List<String>> deeper = new ArrayList<>();
            List<Object> inner = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                if (values.get(i) instanceof Map<?, ?> members) {
                    List<String> outer = found.get(i);
                    members.forEach((key, value) -> {
                        if (segment.test((String) key)) {
                            deeper.add(below(outer, (String) key));
                            inner.add(value);
                        }
                    });
                }
            }
            found = deeper;
            values = inner;
        }
        return found;
    }

    private static List<String> below(List<String> outer, String key) {
        List<String> path = new ArrayList<>(outer);
        path.add(key);
        return List.copyOf(path);
    }
}
