package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.StructId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Everything a reader can see of a document, by path; made without the code it checks. */
final class VisibleState {
    private final Map<DocPath, String> shown = new HashMap<>();

    static VisibleState of(Doc doc) {
        VisibleState state = new VisibleState();
        for (TypeNode root : doc.store.roots()) {
            state.read(new DocPath(root.name, List.of()), root);
        }
        return state;
    }

    private void read(DocPath path, TypeNode node) {
        StringBuilder list = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (Item item = node.start; item != null; item = item.right) {
            if (item.isDeleted()) {
                continue;
            }
            if (item.content() instanceof ContentFormat format) {
                marks.append(format.key()).append('=').append(format.value()).append(';');
                continue;
            }
            for (long i = 0; item.isVisible() && i < item.length(); i++) {
                list.append(marks).append(view(item, i)).append('|');
            }
            if (item.content() instanceof ContentType type) {
                read(path.with(new PathStep.Element(
                        new StructId(item.client().id, item.clock()))), type.node);
            }
        }
        if (list.length() > 0) {
            shown.put(path, list.toString());
        }
        node.entries().forEach(item -> {
            if (!item.isDeleted()) {
                DocPath below = path.with(new PathStep.Key(item.parentSub));
                shown.put(below, view(item, item.length() - 1));
                if (item.content() instanceof ContentType type) {
                    read(below, type.node);
                }
            }
        });
    }

    private static String view(Item item, long unit) {
        Object value = item.content().valueAt(unit);
        return value instanceof TypeNode
                ? "type " + item.client().id + ":" + item.clock()
                : Objects.toString(Portable.of(value));
    }

    /** The paths at which the two states show different things. */
    Set<DocPath> differences(VisibleState other) {
        Set<DocPath> all = new TreeSet<>((a, b) -> a.equals(b) ? 0
                : (a.toString() + a.steps()).compareTo(b.toString() + b.steps()));
        all.addAll(shown.keySet());
        all.addAll(other.shown.keySet());
        all.removeIf(path -> Objects.equals(shown.get(path), other.shown.get(path)));
        return all;
    }

    /** Whether one of the paths is this one or one above it. */
    static boolean isCovered(DocPath path, Set<DocPath> by) {
        List<PathStep> steps = new ArrayList<>(path.steps());
        while (true) {
            if (by.contains(new DocPath(path.root(), steps))) {
                return true;
            }
            if (steps.isEmpty()) {
                return false;
            }
            steps.remove(steps.size() - 1);
        }
    }
}
