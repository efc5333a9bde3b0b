package io.adaos.hub.projection.crdt;

/** Cuts items so that a struct begins or ends at a wanted clock. */
final class StructSplitter {
    private final Transaction transaction;

    StructSplitter(Transaction transaction) {
        this.transaction = transaction;
    }

    /** The struct whose first unit is this; an item in the way is cut, a remainder is not. */
    Struct startingAt(ClientStructs client, long clock) {
        int position = client.positionOf(clock);
        Struct struct = client.at(position);
        if (struct.clock() < clock && struct instanceof Item item) {
            return split(client, position, item, clock - item.clock());
        }
        return struct;
    }

    /** The struct whose last unit is this; an item in the way is cut, a remainder is not. */
    Struct endingAt(ClientStructs client, long clock) {
        int position = client.positionOf(clock);
        Struct struct = client.at(position);
        if (clock != struct.end() - 1 && struct instanceof Item item) {
            split(client, position, item, clock - item.clock() + 1);
        }
        return struct;
    }

    /** Cuts an item so that {@code units} stay in it; returns the new right part. */
    Item cut(Item item, long units) {
        return split(item.client(), item.client().positionOf(item.clock()), item, units);
    }

    /** As {@link #cut}, for an item whose position is known. */
    Item split(ClientStructs client, int position, Item item, long units) {
        Item tail = item.tail(units);
        if (item.isDeleted()) {
            tail.markDeleted();
        }
        item.setContent(item.content().head(units));

        tail.left = item;
        tail.right = item.right;
        item.right = tail;
        TypeNode type = item.type();
        type.itemCount++;
        if (tail.right != null) {
            tail.right.left = tail;
        } else if (tail.parentSub != null) {
            type.setEntry(tail);
        } else {
            type.last = tail;
        }
        client.insertAfter(position, tail);
        transaction.mayMerge(client, tail.clock());
        return tail;
    }
}
