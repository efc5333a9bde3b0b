package io.adaos.hub.projection.room.branch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One step that brings a list closer to another; steps are applied in order. */
sealed interface ListEdit {

    /** Inserts values so that the first gets this index. */
    record Insert(int index, List<Object> values) implements ListEdit {
    }

    /** Removes so many elements from an index on. */
    record Remove(int index, int count) implements ListEdit {
    }

    /**
     * The steps from one list to another.
     *
     * <p>Elements that stay in their order are not touched; one that moves is removed and inserted.
     */
    static List<ListEdit> between(List<?> shown, List<?> wanted) {
        List<ListEdit> edits = new ArrayList<>();
        List<Object> now = new ArrayList<>(shown);
        removeUnwanted(now, wanted, edits);
        int at = 0;
        while (at < wanted.size()) {
            int end = at;
            while (end < wanted.size() && !isAt(now, at, wanted.get(end))) {
                end++;
            }
            if (end > at) {
                List<Object> missing = new ArrayList<>(wanted.subList(at, end));
                edits.add(new Insert(at, missing));
                now.addAll(at, missing);
            }
            at = Math.max(end, at + 1);
        }
        if (now.size() > wanted.size()) {
            edits.add(new Remove(wanted.size(), now.size() - wanted.size()));
        }
        return edits;
    }

    private static boolean isAt(List<Object> list, int index, Object value) {
        return index < list.size() && Objects.equals(list.get(index), value);
    }

    private static void removeUnwanted(List<Object> now, List<?> wanted, List<ListEdit> edits) {
        Set<Object> kept = new HashSet<>(wanted);
        int end = now.size();
        while (end > 0) {
            if (kept.contains(now.get(end - 1))) {
                end--;
                continue;
            }
            int start = end - 1;
            while (start > 0 && !kept.contains(now.get(start - 1))) {
                start--;
            }
            edits.add(new Remove(start, end - start));
            now.subList(start, end).clear();
            end = start;
        }
    }
}
