package io.adaos.hub.projection.crdt;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Places an item into its list so that every replica ends with the same order. */
final class ItemIntegrator {
    /*
     * Notes on the order.
     *
     * Two replicas may insert between the same neighbours without knowing of each other. The
     * items that stand between our origin and our right origin are then candidates ("rivals").
     * A rival with our origin is placed by client id, lower first. A rival whose origin lies
     * inside the span we have walked belongs to an earlier rival and moves with it. Any other
     * rival ends the walk: it was written for a place left of our origin.
     *
     * Which walked items count is needed only for rivals of the second kind, so the two sets
     * are made when the first of those is met.
     *
     * A map entry is a list of its own per key; the rightmost item is the value, all others
     * are deleted. Where many clients wrote one key an index takes the place of the walk.
     *
     * Source of the rule: the YATA paper, and `Item.integrate` of yjs 13.6, whose byte
     * vectors are the tests of this class.
     */

    private final Transaction transaction;
    private final StructStore store;

    ItemIntegrator(Transaction transaction) {
        this.transaction = transaction;
        this.store = transaction.store;
    }

    /** Adds a struct whose dependencies are in the store; what is known already is left out. */
    void integrate(Struct struct) {
        long known = struct.client.nextClock() - struct.clock;
        if (known >= struct.length) {
            return;
        }
        if (struct instanceof Item item) {
            boolean placed = resolveNeighbours(item);
            if (known > 0 && !dropHead(item, known)) {
                placed = false;
            }
            if (placed) {
                place(item);
            } else {
                transaction.add(new Gc(item.client, item.clock, item.length));
            }
        } else {
            transaction.add(new Gc(struct.client, struct.clock + known, struct.length - known));
        }
    }

    /** Finds neighbours and parent by their ids; false when they were collected. */
    private boolean resolveNeighbours(Item item) {
        Struct left = item.originClient == null ? null
                : transaction.splitter().endingAt(item.originClient, item.originClock);
        Struct right = item.rightOriginClient == null ? null
                : transaction.splitter().startingAt(item.rightOriginClient, item.rightOriginClock);
        if (left instanceof Gc || right instanceof Gc) {
            return false;
        }
        item.left = (Item) left;
        item.right = (Item) right;
        if (item.parent == null) {
            Item neighbour = item.left != null ? item.left : item.right;
            item.parent = neighbour.parent;
            item.parentSub = neighbour.parentSub;
        } else if (item.parent instanceof Parent.RootName root) {
            item.parent = store.root(root.name());
        } else if (item.parent instanceof Parent.OwnerId owner) {
            Struct holder = owner.client().find(owner.clock());
            if (!(holder instanceof Item held && held.content instanceof ContentType type)) {
                return false;
            }
            item.parent = type.node;
        }
        return true;
    }

    /** Cuts off units that are known; false when what stands before the rest was collected. */
    private boolean dropHead(Item item, long known) {
        Struct before = transaction.splitter().endingAt(item.client, item.clock + known - 1);
        item.content = item.content.tail(known);
        item.clock += known;
        item.length -= known;
        if (!(before instanceof Item neighbour)) {
            return false;
        }
        item.left = neighbour;
        item.setOrigin(neighbour);
        item.parent = neighbour.parent;
        item.parentSub = neighbour.parentSub;
        return true;
    }

    /** Adds an item whose left, right and parent are set. */
    void place(Item item) {
        boolean mayHaveRivals = item.left == null
                ? item.right == null || item.right.left != null
                : item.left.right != item.right;
        if (mayHaveRivals) {
            item.left = lastRivalBefore(item);
        }
        TypeNode type = item.type();
        link(item, type);
        if (item.parentSub == null && item.isCountable()) {
            type.length += item.length;
        }
        transaction.add(item);
        attachContent(item, type);
        if (type.isDeleted() || item.parentSub != null && item.right != null) {
            transaction.delete(item);
        }
    }

    /** The item after which ours must stand; writes nothing but an index. */
    private Item lastRivalBefore(Item item) {
        if (item.parentSub == null || item.rightOriginClient != null) {
            return walkRivals(item);
        }
        EntryOrder order = item.type().order(item.parentSub);
        return order != null && order.isUsable()
                ? order.leftOf(item, item.type().entry(item.parentSub))
                : walkRivals(item);
    }

    private Item walkRivals(Item item) {
        Item first = item.left != null ? item.left.right : item.type().headOf(item.parentSub);
        Item left = item.left;
        Set<Item> walked = null;        // made when first needed
        Set<Item> undecided = null;     // those of them walked since `left` was set
        int steps = 0;
        for (Item rival = first; rival != null && rival != item.right; rival = rival.right) {
            steps++;
            if (walked != null) {
                walked.add(rival);
                undecided.add(rival);
            }
            boolean goesBefore;
            if (item.hasSameOrigin(rival)) {
                goesBefore = rival.client.id < item.client.id;
                if (!goesBefore && item.hasSameRightOrigin(rival)) {
                    break;
                }
            } else if (rival.originClient != null) {
                if (walked == null) {
                    walked = span(first, rival);
                    undecided = span(left == item.left ? first : left.right, rival);
                }
                Struct origin = rival.originClient.find(rival.originClock);
                if (!(origin instanceof Item) || !walked.contains(origin)) {
                    break;
                }
                goesBefore = !undecided.contains(origin);
            } else {
                break;
            }
            if (goesBefore) {
                left = rival;
                if (undecided != null) {
                    undecided.clear();
                }
            }
        }
        if (steps > EntryOrder.WALK_MAX && item.parentSub != null) {
            item.type().indexOrder(item.parentSub);
        }
        return left;
    }

    /** The items from one to another, both included. */
    private static Set<Item> span(Item from, Item to) {
        Set<Item> items = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Item item = from; item != to; item = item.right) {
            items.add(item);
        }
        items.add(to);
        return items;
    }

    /** The only place that adds to a list. */
    private void link(Item item, TypeNode type) {
        if (item.left != null) {
            item.right = item.left.right;
            item.left.right = item;
        } else {
            item.right = type.headOf(item.parentSub);
            if (item.parentSub == null) {
                type.start = item;
            }
        }
        EntryOrder order = item.parentSub == null ? null : type.order(item.parentSub);
        if (order != null) {
            order.add(item);
        }
        if (item.right != null) {
            item.right.left = item;
        } else if (item.parentSub != null) {
            type.setEntry(item.parentSub, item);
            if (item.left != null) {
                transaction.delete(item.left);
            }
        } else {
            type.last = item;
        }
    }

    private void attachContent(Item item, TypeNode type) {
        if (item.content instanceof ContentType content) {
            content.node.owner = item;
            content.node.depth = type.depth + 1;
            transaction.doc.noteDepth(content.node.depth);
        } else if (item.content instanceof ContentDeleted) {
            item.markDeleted();
            transaction.noteDeleted(item);
        } else if (item.content instanceof ContentFormat) {
            type.hasFormatting = true;
        }
        if (!transaction.isLocal()) {
            type.markers = null;
        }
    }
}
