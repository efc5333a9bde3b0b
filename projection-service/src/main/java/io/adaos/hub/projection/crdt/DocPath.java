package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A place in a document: the value of a key, or the inside of a list or text as a whole.
 *
 * @param root name of the root type
 * @param steps the way down from it; empty = the list or text of the root itself
 */
public record DocPath(String root, List<PathStep> steps) {
    /** What stands for an element of a list where a path is written as text. */
    private static final String ELEMENT = "*";

    /** The steps are copied. */
    public DocPath {
        Objects.requireNonNull(root);
        steps = List.copyOf(steps);
    }

    /**
     * The root, then all keys up to the first element of a list: what a rule that knows only keys
     * can be compared with. What is below an element of a list counts as that list.
     */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(steps.size() + 1);
        keys.add(root);
        for (PathStep step : steps) {
            if (!(step instanceof PathStep.Key key)) {
                break;
            }
            keys.add(key.name());
        }
        return keys;
    }

    /** The path one step further down. */
    DocPath with(PathStep step) {
        List<PathStep> longer = new ArrayList<>(steps.size() + 1);
        longer.addAll(steps);
        longer.add(step);
        return new DocPath(root, longer);
    }

    /**
     * The path as text: segments joined by {@code /}, in them {@code ~1} for a slash and
     * {@code ~0} for a tilde; {@code *} for an element of a list.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(escaped(root));
        for (PathStep step : steps) {
            text.append('/').append(
                    step instanceof PathStep.Key key ? escaped(key.name()) : ELEMENT);
        }
        return text.toString();
    }

    private static String escaped(String segment) {
        return segment.replace("~", "~0").replace("/", "~1");
    }
}
