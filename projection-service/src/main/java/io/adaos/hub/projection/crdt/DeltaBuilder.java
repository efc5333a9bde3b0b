package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares the list of a type with what it was before a transaction. */
final class DeltaBuilder {
    private final TransactionChanges changes;
    private final TypeNode type;
    private final SharedType view;
    private final boolean isText;
    private final Map<String, Object> before = new LinkedHashMap<>();
    private final Map<String, Object> now = new LinkedHashMap<>();
    private final List<DeltaStep> steps = new ArrayList<>();

    DeltaBuilder(TransactionChanges changes, TypeNode type, SharedType view) {
        this.changes = changes;
        this.type = type;
        this.view = view;
        this.isText = type.kind == TypeKind.TEXT || type.kind == TypeKind.XML_TEXT;
    }

    /** The steps; what stays unchanged at the end is left out. */
    List<DeltaStep> build() {
        for (Item item = type.start; item != null; item = item.right) {
            boolean existed = changes.existed(item);
            boolean exists = !item.isDeleted();
            if (item.content() instanceof ContentFormat format) {
                if (existed) {
                    TextRun.apply(format, before);
                }
                if (exists) {
                    TextRun.apply(format, now);
                }
            } else if (item.isCountable() && (existed || exists)) {
                step(item, existed, exists);
            }
        }
        int last = steps.size() - 1;
        if (last >= 0 && steps.get(last) instanceof DeltaStep.Retain retain
                && retain.attributes().isEmpty()) {
            steps.remove(last);
        }
        return steps;
    }

    private void step(Item item, boolean existed, boolean exists) {
        int units = Math.toIntExact(item.length());
        if (existed && exists) {
            append(new DeltaStep.Retain(units, difference()));
        } else if (existed) {
            append(new DeltaStep.Delete(units));
        } else {
            append(new DeltaStep.Insert(contentOf(item), isText ? now : Map.of()));
        }
    }

    private Map<String, Object> difference() {
        Map<String, Object> changed = new LinkedHashMap<>();
        before.forEach((key, value) -> {
            if (!Objects.equals(value, now.get(key))) {
                changed.put(key, now.get(key));
            }
        });
        now.forEach((key, value) -> {
            if (!before.containsKey(key)) {
                changed.put(key, value);
            }
        });
        return changed;
    }

    private Object contentOf(Item item) {
        if (isText) {
            return item.content() instanceof ContentString string
                    ? string.text().toString() : view.valueOf(item.content().valueAt(0));
        }
        List<Object> elements = new ArrayList<>();
        for (long i = 0; i < item.length(); i++) {
            Object stored = item.content().valueAt(i);
            elements.add(view == null ? stored : view.valueOf(stored));
        }
        return elements;
    }

    private void append(DeltaStep step) {
        int last = steps.size() - 1;
        DeltaStep joined = last < 0 ? null : join(steps.get(last), step);
        if (joined == null) {
            steps.add(step);
        } else {
            steps.set(last, joined);
        }
    }

    /** Two steps as one, or null when they are different. */
    private static DeltaStep join(DeltaStep first, DeltaStep second) {
        if (first instanceof DeltaStep.Retain a && second instanceof DeltaStep.Retain b) {
            return a.attributes().equals(b.attributes())
                    ? new DeltaStep.Retain(a.count() + b.count(), a.attributes()) : null;
        }
        if (first instanceof DeltaStep.Delete a && second instanceof DeltaStep.Delete b) {
            return new DeltaStep.Delete(a.count() + b.count());
        }
        if (first instanceof DeltaStep.Insert a && second instanceof DeltaStep.Insert b
                && a.attributes().equals(b.attributes())) {
            return join(a, b);
        }
        return null;
    }

    private static DeltaStep join(DeltaStep.Insert a, DeltaStep.Insert b) {
        if (a.content() instanceof String text && b.content() instanceof String more) {
            return new DeltaStep.Insert(text + more, a.attributes());
        }
        if (a.content() instanceof List<?> list && b.content() instanceof List<?> more) {
            List<Object> all = new ArrayList<>(list);
            all.addAll(more);
            return new DeltaStep.Insert(all, a.attributes());
        }
        return null;
    }
}
