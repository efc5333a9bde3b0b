package io.adaos.hub.projection.crdt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Measures the history of a branch: one step for each key and list item. */
final class HistoryMeter {
    /*
     * Notes.
     *
     * Each type knows how many items are in its lists. Of a map therefore only the newest item of
     * each key must be visited, not what it replaced. A list is walked with what was deleted in
     * it, but there neighbours that were deleted join.
     *
     * A root cannot be rotated. When what is inside of it outweighs its content, though no type
     * alone does, all types it holds that have grown much go at once: what they leave behind lies
     * side by side then, and joins. A type that must not be rotated, and all that hold it, are
     * treated as roots are. Whether it must not is asked of types that are named or due only, as
     * the answer may cost more than the walk.
     */

    /** A type that a root holds has grown when it has more than three structs for two values. */
    private static final int GROWN_STRUCTS = 3;
    private static final int GROWN_VALUES = 2;

    private static final class Frame {
        private final TypeNode type;
        private final Iterator<Item> items;
        private boolean isFixed;        // cannot be rotated
        private boolean holdsDue;
        private long live;
        private long innerStructs;
        private BranchHistory movable = new BranchHistory(0, 0);    // of what it holds
        private final List<TypeNode> grown = new ArrayList<>(0);

        Frame(TypeNode type) {
            this.type = type;
            this.items = type.items();
            this.isFixed = type.owner == null;
        }

        BranchHistory history() {
            return new BranchHistory(type.itemCount + innerStructs, live);
        }

        void add(Frame inner, BranchHistory history) {
            innerStructs += history.structs();
            live += history.live();
            holdsDue |= inner.holdsDue;
            if (inner.isFixed) {
                isFixed = true;
                movable = movable.plus(inner.movable);
                grown.addAll(inner.grown);
            } else {
                movable = movable.plus(history);
                if (GROWN_VALUES * history.structs() > GROWN_STRUCTS * history.live()) {
                    grown.add(inner.type);
                }
            }
        }
    }

    private final RotationRule rule;
    private final Predicate<TypeNode> mayRotate;
    private final List<TypeNode> due = new ArrayList<>();
    private BranchHistory total;

    private HistoryMeter(RotationRule rule, Predicate<TypeNode> mayRotate) {
        this.rule = rule;
        this.mayRotate = mayRotate;
    }

    static BranchHistory historyOf(TypeNode branch) {
        HistoryMeter meter = new HistoryMeter(RotationRule.DEFAULT, type -> false);
        meter.walk(branch);
        return meter.total;
    }

    /** The types that are due and hold no other type that is. */
    static List<TypeNode> innermostDue(
            TypeNode branch, RotationRule rule, Predicate<TypeNode> mayRotate) {
        HistoryMeter meter = new HistoryMeter(rule, mayRotate);
        meter.walk(branch);
        return meter.due;
    }

    private void walk(TypeNode branch) {
        Deque<Frame> open = new ArrayDeque<>();
        open.push(new Frame(branch));
        while (!open.isEmpty()) {
            Frame frame = open.peek();
            if (!frame.items.hasNext()) {
                close(open.pop(), open.peek());
                continue;
            }
            Item item = frame.items.next();
            if (item.isDeleted()) {
                continue;
            }
            boolean oneForEach = item.parentSub == null && item.content() instanceof ContentAny;
            frame.live += oneForEach ? item.length() : 1;
            if (item.content() instanceof ContentType nested) {
                open.push(new Frame(nested.node));
            }
        }
    }

    private void close(Frame frame, Frame outer) {
        BranchHistory history = frame.history();
        if (!frame.holdsDue && rule.isDue(history)) {
            if (!frame.isFixed && mayRotate.test(frame.type)) {
                due.add(frame.type);
                frame.holdsDue = true;
            } else {
                frame.isFixed = true;
            }
        }
        boolean isOutermostFixed = frame.isFixed && frame.type.owner == null;
        if (!frame.holdsDue && isOutermostFixed && rule.isDue(frame.movable)) {
            frame.grown.stream().filter(mayRotate).forEach(due::add);
        }
        if (outer == null) {
            total = history;
        } else {
            outer.add(frame, history);
        }
    }

    /** Whether all structs in a live branch, its own item included, were written by these. */
    static boolean holdsOnly(TypeNode branch, Set<Long> clients) {
        if (branch.owner != null && !clients.contains(branch.owner.client().id)) {
            return false;
        }
        Deque<TypeNode> open = new ArrayDeque<>();
        open.push(branch);
        while (!open.isEmpty()) {
            TypeNode type = open.pop();
            for (Item item = type.start; item != null; item = item.right) {
                if (!isOf(item, clients, open)) {
                    return false;
                }
            }
            for (Item entry : type.entries()) {
                for (Item item = entry; item != null; item = item.left) {
                    if (!isOf(item, clients, open)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isOf(Item item, Set<Long> clients, Deque<TypeNode> open) {
        if (item.content() instanceof ContentType nested) {
            open.push(nested.node);
        }
        return clients.contains(item.client().id);
    }
}
