package io.adaos.hub.projection.crdt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Writes a shared type anew and deletes the old one, so that what it once held collapses. */
final class BranchRotation {
    /*
     * Notes.
     *
     * Only what is inside of a deleted type becomes a remainder, and remainders of one client
     * join when their clocks follow each other. Of a rotated type therefore stays: its own item,
     * deleted, in the list of its parent, and one remainder for each unbroken run of clocks. The
     * copy is written depth first, each type followed by all that is inside of it, so that a
     * branch that is rotated once more later leaves one run for itself, and neighbouring texts
     * and plain values join to one struct.
     *
     * What is to be copied is read before the copy is placed, since placing it deletes the old
     * type; and the copy must be placed before its content, since a struct names its parent.
     */

    private record Step(TypeNode into, String key, Content content) {}

    private record Source(TypeNode copy, Iterator<Item> items) {}

    private BranchRotation() {}

    /** The fresh type that stands where the old one stood; the old one must be live. */
    static TypeNode rotate(Transaction transaction, TypeNode old) {
        Item owner = old.owner;
        if (owner == null) {
            throw new IllegalStateException("root '" + old.name
                    + "' cannot be rotated, as nothing holds it; rotate what is inside of it");
        }
        transaction.collapse();
        TypeNode fresh = new TypeNode(old.kind, old.name);
        List<Step> content = read(old, fresh);
        TypeNode parent = owner.type();
        if (owner.parentSub != null) {
            transaction.setEntry(parent, owner.parentSub, new ContentType(fresh));
        } else {
            parent.markers = null;
            transaction.insert(parent, owner, new ContentType(fresh));
            transaction.delete(owner);
        }
        for (Step step : content) {
            if (step.key == null) {
                transaction.insert(step.into, step.into.last, step.content);
            } else {
                transaction.setEntry(step.into, step.key, step.content);
            }
        }
        return fresh;
    }

    private static List<Step> read(TypeNode old, TypeNode fresh) {
        List<Step> steps = new ArrayList<>();
        Deque<Source> open = new ArrayDeque<>();
        open.push(new Source(fresh, old.items()));
        while (!open.isEmpty()) {
            Source source = open.peek();
            if (!source.items.hasNext()) {
                open.pop();
                continue;
            }
            Item item = source.items.next();
            if (item.isDeleted()) {
                continue;
            }
            Content content = copyOf(item);
            steps.add(new Step(source.copy, item.parentSub, content));
            if (content instanceof ContentType copy) {
                TypeNode nested = ((ContentType) item.content()).node;
                open.push(new Source(copy.node, nested.items()));
            }
        }
        return steps;
    }

    /** Contents can grow in place, so that two items must not share one. */
    private static Content copyOf(Item item) {
        if (item.content() instanceof ContentType type) {
            return new ContentType(new TypeNode(type.node.kind, type.node.name));
        }
        if (item.length() == 1) {
            return item.content();
        }
        return item.parentSub == null
                ? item.content().head(item.length()) : item.content().tail(item.length() - 1);
    }
}
