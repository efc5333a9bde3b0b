package io.adaos.hub.projection.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds ids of modals with more than one node prefix in plain JSON, and says how to end them. */
public final class ModalRepair {
    /*
     * Notes on which entry stays.
     *
     * A recursive id is the trace of rebuilds that each put a prefix before what they had found.
     * All copies collapse to one id. An entry that has this id already is the one readers know, so
     * it stays and the copies go. Without one the copy with the fewest prefixes stays, since it is
     * the oldest that was not rebuilt again; of two of them the smaller text, so that every
     * process decides alike.
     */

    /** Deeper values cannot come from a document, whose own limit is below. */
    private static final int DEPTH_MAX = 160;
    private static final String ID = "id";
    private static final Comparator<String> OLDEST_FIRST = Comparator
            .comparingInt(ModalIds::prefixes).thenComparing(Comparator.naturalOrder());

    private ModalRepair() {
    }

    /** One change of a document; the path is a root and the segments below it, unescaped. */
    public sealed interface Fix {

        /** Where. */
        List<String> path();

        /** Afterwards the path holds exactly this value. */
        record Put(List<String> path, Object value) implements Fix {
        }

        /** Afterwards nothing is at the path. */
        record Remove(List<String> path) implements Fix {
        }
    }

    /**
     * What has to change in a document; empty when nothing has, also after these changes.
     *
     * @param roots the document as plain JSON: maps, lists, texts and other scalars
     */
    public static List<Fix> plan(Map<String, Object> roots) {
        List<Fix> fixes = new ArrayList<>();
        roots.forEach((root, value) -> plan(List.of(root), value, fixes));
        return fixes;
    }

    /** The value with every id collapsed; the value itself when none is recursive. */
    public static Object repaired(Object value) {
        return repaired(value, 0);
    }

    private static void plan(List<String> path, Object value, List<Fix> fixes) {
        if (path.size() > DEPTH_MAX) {
            return;
        }
        if (!(value instanceof Map<?, ?> members)) {
            Object repaired = repaired(value, path.size());
            if (repaired != value && path.size() > 1) {
                fixes.add(new Fix.Put(path, repaired));
            }
            return;
        }
        Map<String, String> winners = winners(members.keySet());
        members.forEach((key, member) -> {
            String name = (String) key;
            String target = ModalIds.collapsed(name);
            if (target.equals(name)) {
                plan(below(path, name), member, fixes);
                return;
            }
            if (winners.get(target).equals(name)) {
                fixes.add(new Fix.Put(below(path, target), repaired(member, path.size())));
            }
            fixes.add(new Fix.Remove(below(path, name)));
        });
    }

    private static Object repaired(Object value, int depth) {
        if (depth > DEPTH_MAX) {
            return value;
        }
        if (value instanceof String text) {
            String collapsed = ModalIds.collapsed(text);
            return collapsed.equals(text) ? value : collapsed;
        }
        if (value instanceof Map<?, ?> members) {
            return repairedMap(members, depth);
        }
        return value instanceof List<?> items ? repairedList(items, depth) : value;
    }

    private static Map<?, ?> repairedMap(Map<?, ?> members, int depth) {
        Map<String, String> winners = winners(members.keySet());
        Map<String, Object> repaired = new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = (String) member.getKey();
            String target = ModalIds.collapsed(name);
            Object value = repaired(member.getValue(), depth + 1);
            changed |= value != member.getValue() || !target.equals(name);
            if (winners.get(target).equals(name)) {
                repaired.put(target, value);
            }
        }
        return changed ? repaired : members;
    }

    /** An item that only now is like another one is a copy. */
    private static List<?> repairedList(List<?> items, int depth) {
        List<Object> repaired = new ArrayList<>(items.size());
        Set<Object> untouched = new LinkedHashSet<>();
        boolean changed = false;
        for (Object item : items) {
            Object now = repaired(item, depth + 1);
            repaired.add(now);
            changed |= now != item;
            if (now == item) {
                untouched.add(idOf(item));
            }
        }
        return changed ? withoutCopies(items, repaired, untouched) : items;
    }

    private static List<Object> withoutCopies(
            List<?> items, List<Object> repaired, Set<Object> seen) {
        List<Object> kept = new ArrayList<>(repaired.size());
        for (int i = 0; i < repaired.size(); i++) {
            boolean wasTouched = repaired.get(i) != items.get(i);
            if (!wasTouched || seen.add(idOf(repaired.get(i)))) {
                kept.add(repaired.get(i));
            }
        }
        return kept;
    }

    private static Object idOf(Object item) {
        return item instanceof Map<?, ?> members && members.get(ID) != null
                ? members.get(ID) : item;
    }

    /** For each id after the repair, the one key whose value stays. */
    private static Map<String, String> winners(Set<?> keys) {
        Map<String, String> winners = new HashMap<>();
        for (Object key : keys) {
            String name = (String) key;
            winners.merge(ModalIds.collapsed(name), name,
                    (one, other) -> OLDEST_FIRST.compare(one, other) <= 0 ? one : other);
        }
        return winners;
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return List.copyOf(below);
    }
}
