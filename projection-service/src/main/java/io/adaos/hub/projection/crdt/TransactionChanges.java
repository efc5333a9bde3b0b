package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.id.DeleteSet;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which types a transaction changed, read from what it added and deleted, before collection. */
final class TransactionChanges {
    /*
     * Notes.
     *
     * Nothing is written down while a transaction runs: the structs behind each client's old end
     * are what was added, the delete set is what was deleted. As in yjs, what is inside of a type
     * that is new or deleted is not told apart; it came or went with the type.
     */

    final Transaction transaction;
    private final DeleteSet deleted;
    private final Map<TypeNode, Touched> types = new IdentityHashMap<>();
    private final List<TypeNode> order = new ArrayList<>();

    private static final class Touched {
        private boolean list;
        private final Set<String> keys = new LinkedHashSet<>();
    }

    private TransactionChanges(Transaction transaction) {
        this.transaction = transaction;
        this.deleted = transaction.deleted();
    }

    /** The changes of a transaction that has not been collected and merged yet. */
    static TransactionChanges of(Transaction transaction) {
        TransactionChanges changes = new TransactionChanges(transaction);
        for (ClientStructs client : transaction.changedClients()) {
            changes.noteFrom(client, transaction.clockBefore(client), client.nextClock());
        }
        changes.deleted.forEach((id, clock, length) ->
                changes.noteFrom(transaction.store.known(id), clock, clock + length));
        transaction.mergePoints().forEach(changes::noteCut);
        return changes;
    }

    private void noteFrom(ClientStructs client, long from, long to) {
        int position = client.positionOf(from);
        while (position != ClientStructs.NONE && client.at(position).clock() < to) {
            if (client.at(position) instanceof Item item && wasAdded(item) != item.isDeleted()) {
                note(item);
            }
            position = client.next(position);
        }
    }

    /** A text that was cut inside of a surrogate pair shows two other units. */
    private void noteCut(MergePoint point) {
        if (point.client().find(point.clock()) instanceof Item tail
                && tail.clock() == point.clock()
                && tail.content() instanceof ContentString after && after.startsWithReplacement()
                && tail.left != null && tail.left.content() instanceof ContentString before
                && before.endsWithReplacement()
                && !wasAdded(tail) && !(tail.isDeleted() && tail.left.isDeleted())) {
            note(tail);
        }
    }

    private void note(Item item) {
        TypeNode type = item.type();
        if (type.owner != null && (type.owner.isDeleted() || wasAdded(type.owner))) {
            return;
        }
        if (item.parentSub == null && !item.isCountable()
                && !(item.content() instanceof ContentFormat)) {
            return;
        }
        Touched touched = types.get(type);
        if (touched == null) {
            touched = new Touched();
            types.put(type, touched);
            order.add(type);
        }
        if (item.parentSub == null) {
            touched.list = true;
        } else {
            touched.keys.add(item.parentSub);
        }
    }

    /** Types that may have changed, each once. */
    List<TypeNode> types() {
        return order;
    }

    /** Whether the list of a type shows something else than before. */
    boolean isListChanged(TypeNode type) {
        return types.get(type).list;
    }

    /** What became of the keys of a type; those that show what they showed are left out. */
    Map<String, KeyChange> keys(TypeNode type, Doc doc) {
        Map<String, KeyChange> changed = new LinkedHashMap<>();
        for (String key : types.get(type).keys) {
            Item now = type.entry(key);
            Item before = now;
            while (before != null && wasAdded(before)) {
                before = before.left;
            }
            boolean had = before != null && existed(before);
            boolean has = !now.isDeleted();
            if (had ? before != now || !has : has) {
                changed.put(key, KeyChange.of(had ? before : null, has, doc));
            }
        }
        return changed;
    }

    /** Whether the transaction brought this item. */
    boolean wasAdded(Item item) {
        return item.clock() >= transaction.clockBefore(item.client());
    }

    /** Whether readers saw this item before the transaction. */
    boolean existed(Item item) {
        return !wasAdded(item)
                && (!item.isDeleted() || deleted.contains(item.client().id, item.clock()));
    }
}
