package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayDeque;
import java.util.Deque;

/** Drops the content of what a transaction deleted; its ids and lengths stay. */
final class GarbageCollector {
    private final StructStore store;
    private final DeleteSet.Builder remainders;     // null = nobody wants to know
    private final Deque<TypeNode> emptied = new ArrayDeque<>();

    /**
     * A collector for one transaction.
     *
     * @param remainders gets the ranges of what became remainders; null = nobody wants to know
     */
    GarbageCollector(StructStore store, DeleteSet.Builder remainders) {
        this.store = store;
        this.remainders = remainders;
    }

    /** Collects all deleted items in these ranges. */
    void collect(DeleteSet deleted) {
        deleted.forEach(this::collectRange);
    }

    private void collectRange(long id, long clock, long length) {
        ClientStructs client = store.known(id);
        long end = clock + length;
        for (int position = client.positionOf(clock);
                position != ClientStructs.NONE;
                position = client.next(position)) {
            Struct struct = client.at(position);
            if (struct.clock() >= end) {
                return;
            }
            if (struct instanceof Item item && item.isDeleted()) {
                collectContent(item);
                item.setContent(ContentDeleted.of(item.length()));
            }
        }
    }

    /** What was inside a collected type becomes remainders, however deep it was nested. */
    private void collectContent(Item item) {
        if (!(item.content() instanceof ContentType content)) {
            return;
        }
        emptied.push(content.node);
        while (!emptied.isEmpty()) {
            TypeNode node = emptied.pop();
            for (Item child = node.start; child != null; child = child.right) {
                replace(child);
            }
            for (Item entry : node.entries()) {
                for (Item child = entry; child != null; child = child.left) {
                    replace(child);
                }
            }
            node.clear();
        }
    }

    private void replace(Item child) {
        if (child.content() instanceof ContentType content) {
            emptied.push(content.node);
        }
        ClientStructs client = child.client();
        client.replace(client.positionOf(child.clock()),
                new Gc(client, child.clock(), child.length()));
        if (remainders != null) {
            remainders.add(client.id, child.clock(), child.length());
        }
    }
}
