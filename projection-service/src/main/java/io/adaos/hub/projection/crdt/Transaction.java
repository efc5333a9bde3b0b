package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** One unit of change of a document: opened by it, good until it ends, then encoded once. */
public final class Transaction {
    private static final byte[] NOTHING = new byte[0];

    final Doc doc;
    final StructStore store;
    private final String source;
    private final boolean local;
    private final DeleteSet.Builder deleted = new DeleteSet.Builder();
    private final List<ClientStructs> changed = new ArrayList<>(2);
    private final Map<ClientStructs, Long> clocksBefore = new HashMap<>(2);     // of `changed`
    private ClientStructs latest;       // the last one that got a struct; null = none
    private final List<MergePoint> mergePoints = new ArrayList<>(2);
    private final StructSplitter splitter = new StructSplitter(this);
    private final ItemIntegrator integrator;
    private DeleteSet.Builder remainders;   // what is to be joined at the end; null = as in yjs
    private boolean open = true;

    Transaction(Doc doc, String source, boolean local) {
        this.doc = doc;
        this.store = doc.store;
        this.source = source;
        this.local = local;
        this.integrator = new ItemIntegrator(this);
    }

    /** Why the transaction runs, as given by who opened it. */
    public String source() {
        return source;
    }

    /** Whether the change was made here, and not received. */
    boolean isLocal() {
        return local;
    }

    /**
     * Joins the remainders of everything that this transaction deletes as far as they can be. yjs
     * leaves apart what was overwritten in a map long before the map is deleted; without this call
     * so does this document, and encodes to the same bytes. Rotating does it always.
     */
    public void collapse() {
        if (remainders == null) {
            remainders = new DeleteSet.Builder();
        }
    }

    StructSplitter splitter() {
        return splitter;
    }

    ItemIntegrator integrator() {
        return integrator;
    }

    List<ClientStructs> changedClients() {
        return changed;
    }

    /** Refuses to be used after its end or with another document. */
    void check(Doc user) {
        if (!open) {
            throw new IllegalStateException("the transaction has ended");
        }
        if (user != doc) {
            throw new IllegalArgumentException("the transaction belongs to another document");
        }
    }

    /** Writes new content of our own behind {@code left}; null = at the head of the list. */
    Item insert(TypeNode type, Item left, Content content) {
        Item item = new Item(doc.self(), doc.self().nextClock(), content);
        item.right = left == null ? type.start : left.right;
        return place(item, type, left);
    }

    /** Writes a new value of our own for a key. */
    Item setEntry(TypeNode type, String key, Content content) {
        ClientStructs writer = doc.writerOf(type, key);
        Item item = new Item(writer, writer.nextClock(), content);
        item.parentSub = key;
        return place(item, type, type.entry(key));
    }

    private Item place(Item item, TypeNode type, Item left) {
        item.parent = type;
        item.left = left;
        if (left != null) {
            item.setOrigin(left);
        }
        if (item.right != null) {
            item.setRightOrigin(item.right.client(), item.right.clock());
        }
        integrator.place(item);
        return item;
    }

    /** Adds a struct behind the last one of its client. */
    void add(Struct struct) {
        ClientStructs client = struct.client();
        if (client != latest) {
            latest = client;
            noteChanged(client);
        }
        client.add(struct);
    }

    private void noteChanged(ClientStructs client) {
        if (clocksBefore.putIfAbsent(client, client.nextClock()) == null) {
            changed.add(client);
            if (client.size() == 0) {
                store.adopt(client);
            }
        }
    }

    /** The first clock of a client that the document did not have when the transaction began. */
    long clockBefore(ClientStructs client) {
        Long before = clocksBefore.get(client);
        return before == null ? client.nextClock() : before;
    }

    void mayMerge(ClientStructs client, long clock) {
        mergePoints.add(new MergePoint(client, clock));
    }

    /** Where something was cut, and what else may be joined at the end. */
    List<MergePoint> mergePoints() {
        return mergePoints;
    }

    /** What was deleted so far. */
    DeleteSet deleted() {
        return deleted.build();
    }

    void noteDeleted(Item item) {
        deleted.add(item.client().id, item.clock(), item.length());
    }

    /** Deletes an item with everything inside it; does nothing when it is deleted already. */
    void delete(Item item) {
        if (!deleteOne(item) || !(item.content() instanceof ContentType content)) {
            return;
        }
        Deque<Iterator<Item>> open = new ArrayDeque<>();
        open.push(content.node.items());
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                continue;
            }
            Item child = open.peek().next();
            if (!deleteOne(child)) {
                if (child.clock() < clockBefore(child.client())) {
                    mayMerge(child.client(), child.clock());
                }
            } else if (child.content() instanceof ContentType nested) {
                open.push(nested.node.items());
            }
        }
    }

    private boolean deleteOne(Item item) {
        if (item.isDeleted()) {
            return false;
        }
        TypeNode type = item.type();
        if (item.parentSub == null && item.isCountable()) {
            type.length -= item.length();
        }
        if (!local) {
            type.markers = null;
        }
        item.markDeleted();
        noteDeleted(item);
        return true;
    }

    /** Deletes what lives in a range of known units; items at its ends are cut. */
    void deleteRange(ClientStructs client, long clock, long length) {
        long end = clock + length;
        if (!client.find(clock).isDeleted()) {
            splitter.startingAt(client, clock);
        }
        int position = client.positionOf(clock);
        while (position != ClientStructs.NONE && client.at(position).clock() < end) {
            Struct struct = client.at(position);
            if (!struct.isDeleted()) {
                Item item = (Item) struct;
                if (end < item.end()) {
                    splitter.split(client, position, item, end - item.clock());
                    position = client.positionOf(item.clock());
                }
                delete(item);
            }
            position = client.next(position);
        }
    }

    /** Collects, merges and encodes what was changed; an empty array when nothing was. */
    byte[] end() {
        open = false;
        DeleteSet deletes = deleted.build();
        if (deletes.isEmpty() && changed.isEmpty()) {
            mergeSplits();
            return NOTHING;
        }
        if (!deletes.isEmpty() && doc.deletedContent == DeletedContent.COLLECT) {
            new GarbageCollector(store, remainders).collect(deletes);
        }
        StructMerger merger = new StructMerger(store);
        merger.mergeAround(deletes);
        if (remainders != null) {
            merger.mergeAround(remainders.build());
        }
        for (ClientStructs client : changed) {
            merger.mergeAdded(client, clockBefore(client));
        }
        merger.mergeAt(mergePoints);
        changed.sort(Comparator.comparingLong((ClientStructs client) -> client.id).reversed());
        return UpdateWriter.encodeTransaction(this, deletes);
    }

    /** A foreign update that brings nothing new may still have cut items. */
    private void mergeSplits() {
        if (!mergePoints.isEmpty()) {
            new StructMerger(store).mergeAt(mergePoints);
        }
    }
}
