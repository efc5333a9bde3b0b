package io.adaos.hub.projection.crdt;

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
     * A map entry is a list of its own per key; the rightmost item is the value, all others
     * are deleted. Where many clients wrote to one place an index shortens the walk.
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
        long known = struct.client().nextClock() - struct.clock();
        if (known >= struct.length()) {
            if (struct instanceof Item item) {
                noteNeighbours(item);
            }
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
                transaction.add(new Gc(item.client(), item.clock(), item.length()));
            }
        } else {
            transaction.add(new Gc(struct.client(), struct.clock() + known,
                    struct.length() - known));
        }
    }

    /**
     * yjs cuts at the neighbours of a known item too, and then joins what it cut with all that
     * fits. Nothing need be cut for that, and no surrogate pair is lost to a forged neighbour.
     */
    private void noteNeighbours(Item item) {
        if (item.originClient() != null) {
            noteInside(item.originClient(), item.originClock() + 1);
        }
        if (item.rightOriginClient() != null) {
            noteInside(item.rightOriginClient(), item.rightOriginClock());
        }
    }

    private void noteInside(ClientStructs client, long cut) {
        if (cut < client.nextClock() && client.find(cut) instanceof Item item
                && item.clock() < cut) {
            transaction.mayMerge(client, cut);
        }
    }

    /** Finds neighbours and parent by their ids; false when they were collected. */
    private boolean resolveNeighbours(Item item) {
        StructSplitter splitter = transaction.splitter();
        Struct left = item.originClient() == null ? null
                : splitter.endingAt(item.originClient(), item.originClock());
        Struct right = item.rightOriginClient() == null ? null
                : splitter.startingAt(item.rightOriginClient(), item.rightOriginClock());
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
            if (!(holder instanceof Item held && held.content() instanceof ContentType type)) {
                return false;
            }
            item.parent = type.node;
        }
        return true;
    }

    /** Cuts off units that are known; false when what stands before the rest was collected. */
    private boolean dropHead(Item item, long known) {
        Struct before = transaction.splitter().endingAt(item.client(), item.clock() + known - 1);
        item.setContent(item.content().tail(known));
        item.skip(known);
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
            type.length += item.length();
        }
        transaction.add(item);
        attachContent(item, type);
        if (type.isDeleted() || item.parentSub != null && item.right != null) {
            transaction.delete(item);
        }
    }

    /** The item after which ours must stand; writes nothing but an index. */
    private Item lastRivalBefore(Item item) {
        RivalIndex index = item.type().rivals(item.parentSub);
        Item known = index == null ? null : index.startFor(item);
        Item left = known == null ? null : walkFrom(known, item);
        return left != null ? left : walk(item);
    }

    /** The walk from its begin: the item behind which another must stand, null = at the head. */
    private Item walk(Item item) {
        Item first = item.left != null ? item.left.right : item.type().headOf(item.parentSub);
        RivalWalk walk = new RivalWalk(item, first, item.left);
        for (Item rival = first; rival != null && rival != item.right; rival = rival.right) {
            if (!walk.pass(rival)) {
                break;
            }
        }
        if (walk.steps() > RivalIndex.WALK_MAX) {
            item.type().indexRivals(item.parentSub).open(item);
        }
        notePassed(item, first, walk.left());
        return walk.left();
    }

    /**
     * The walk from a rival that is known to go before the item; null when only the walk from
     * the begin can tell.
     */
    private Item walkFrom(Item known, Item item) {
        RivalWalk walk = new RivalWalk(item, known, known);
        for (Item rival = known.right; rival != null && rival != item.right;
                rival = rival.right) {
            if (!walk.pass(rival)) {
                if (!item.hasSameOrigin(rival) && !isWrittenLeftOf(rival, item)) {
                    return null;
                }
                break;
            }
        }
        notePassed(item, known.right, walk.left());
        return walk.left();
    }

    /** Whether a rival's origin is surely left of the other's: an origin of its origin, say. */
    private static boolean isWrittenLeftOf(Item rival, Item item) {
        if (rival.originClient() == null) {
            return true;
        }
        Struct wanted = rival.originClient().find(rival.originClock());
        Item ancestor = item;
        for (int i = 0; i < RivalIndex.WALK_MAX && ancestor.originClient() != null; i++) {
            Struct origin = ancestor.originClient().find(ancestor.originClock());
            if (!(origin instanceof Item next) || origin == wanted) {
                return origin == wanted;
            }
            ancestor = next;
        }
        return false;
    }

    /** Tells the index what a walk went past on its way to where it ended. */
    private static void notePassed(Item item, Item first, Item last) {
        RivalIndex index = item.type().rivals(item.parentSub);
        if (index == null || last == item.left) {
            return;
        }
        for (Item rival = first; rival != null && rival != last.right; rival = rival.right) {
            index.passed(rival);
        }
    }

    /** The only place that adds to a list. */
    private void link(Item item, TypeNode type) {
        type.itemCount++;
        if (item.left != null) {
            item.right = item.left.right;
            item.left.right = item;
        } else {
            item.right = type.headOf(item.parentSub);
            if (item.parentSub == null) {
                type.start = item;
            }
        }
        RivalIndex rivals = type.rivals(item.parentSub);
        if (rivals != null) {
            rivals.add(item);
        }
        if (item.right != null) {
            item.right.left = item;
        } else if (item.parentSub != null) {
            type.setEntry(item);
            if (item.left != null) {
                transaction.delete(item.left);
            }
        } else {
            type.last = item;
        }
    }

    private void attachContent(Item item, TypeNode type) {
        if (item.content() instanceof ContentType content) {
            content.node.owner = item;
            content.node.depth = type.depth + 1;
            transaction.doc.noteDepth(content.node.depth);
        } else if (item.content() instanceof ContentDeleted) {
            item.markDeleted();
            transaction.noteDeleted(item);
        } else if (item.content() instanceof ContentFormat) {
            type.hasFormatting = true;
        }
        if (!transaction.isLocal()) {
            type.markers = null;
        }
    }
}
