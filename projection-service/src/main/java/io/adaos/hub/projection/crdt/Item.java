package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** Content with its place: the neighbours it was written between and those it has now. */
final class Item extends Struct {
    static final int HAS_ORIGIN = 0x80;
    static final int HAS_RIGHT_ORIGIN = 0x40;
    static final int HAS_PARENT_SUB = 0x20;
    static final int REF_MASK = 0x1F;

    /*
     * Notes on the layout.
     *
     * There is one item for each thing that was ever written and not joined, so its size is most
     * of what a document takes: 64 bytes with compressed references. Clocks are kept by their low
     * half and the range that gives the other, lengths as 32 bits where they fit.
     */

    private static final int LONG = -1;     // a length that only the content knows

    private int originClock;
    private int rightOriginClock;
    private int length;
    private boolean deleted;
    private ClockRange origin;         // left neighbour when written; null = list start
    private ClockRange rightOrigin;    // right neighbour when written; null = list end
    private Content content;
    Item left;                         // left neighbour now; null = list start
    Item right;                        // right neighbour now; null = list end
    Parent parent;                     // null until known; a TypeNode once integrated
    String parentSub;                  // key of a map entry; null = list element

    Item(ClientStructs client, long clock, Content content) {
        super(client, clock);
        setContent(content);
    }

    Content content() {
        return content;
    }

    /** Replaces the content, and with it the length. */
    void setContent(Content replacement) {
        long units = replacement.length();
        content = replacement;
        length = units <= Integer.MAX_VALUE ? (int) units : LONG;
    }

    @Override
    long length() {
        return length == LONG ? content.length() : length;
    }

    /** The type of an integrated item. */
    TypeNode type() {
        return (TypeNode) parent;
    }

    long lastClock() {
        return end() - 1;
    }

    @Override
    boolean isDeleted() {
        return deleted;
    }

    void markDeleted() {
        deleted = true;
    }

    /** Whether it is counted by the length of a list. */
    boolean isCountable() {
        return content.isCountable();
    }

    /** Whether it stands for elements a reader of its list can see. */
    boolean isVisible() {
        return !deleted && content.isCountable();
    }

    /** The client of the left neighbour when written; null = list start. */
    ClientStructs originClient() {
        return origin == null ? null : origin.client();
    }

    long originClock() {
        return origin == null ? 0 : origin.clock(originClock);
    }

    /** The client of the right neighbour when written; null = list end. */
    ClientStructs rightOriginClient() {
        return rightOrigin == null ? null : rightOrigin.client();
    }

    long rightOriginClock() {
        return rightOrigin == null ? 0 : rightOrigin.clock(rightOriginClock);
    }

    void setOrigin(Item neighbour) {
        setOrigin(neighbour.client(), neighbour.lastClock());
    }

    void setOrigin(ClientStructs client, long clock) {
        origin = client.rangeOf(clock);
        originClock = (int) clock;
    }

    void setRightOrigin(ClientStructs client, long clock) {
        rightOrigin = client.rangeOf(clock);
        rightOriginClock = (int) clock;
    }

    boolean hasSameOrigin(Item other) {
        return originClock == other.originClock && ClockRange.isSame(origin, other.origin);
    }

    boolean hasSameRightOrigin(Item other) {
        return rightOriginClock == other.rightOriginClock
                && ClockRange.isSame(rightOrigin, other.rightOrigin);
    }

    /** The end of this item as one of its own, from a unit on; not in a list yet. */
    Item tail(long from) {
        Item tail = new Item(client(), clock() + from, content.tail(from));
        tail.setOrigin(client(), clock() + from - 1);
        tail.rightOrigin = rightOrigin;
        tail.rightOriginClock = rightOriginClock;
        tail.parent = parent;
        tail.parentSub = parentSub;
        return tail;
    }

    /** The begin of this item as one of its own, up to a unit; not in a list yet. */
    Item head(long units) {
        Item head = new Item(client(), clock(), content.head(units));
        head.origin = origin;
        head.originClock = originClock;
        head.rightOrigin = rightOrigin;
        head.rightOriginClock = rightOriginClock;
        head.parent = parent;
        head.parentSub = parentSub;
        return head;
    }

    /** Whether {@code next}, the next struct of the same client, can become a part of this item. */
    boolean canAbsorb(Item next) {
        return next.originClient() == client()
                && next.originClock() == lastClock()
                && right == next
                && deleted == next.deleted
                && hasSameRightOrigin(next)
                && content.canJoin(next.content);
    }

    @Override
    void write(ByteWriter out, long offset) {
        boolean hasOrigin = offset > 0 || origin != null;
        boolean hasRightOrigin = rightOrigin != null;
        out.writeByte(content.ref()
                | (hasOrigin ? HAS_ORIGIN : 0)
                | (hasRightOrigin ? HAS_RIGHT_ORIGIN : 0)
                | (parentSub != null ? HAS_PARENT_SUB : 0));
        if (offset > 0) {
            writeId(out, client(), clock() + offset - 1);
        } else if (hasOrigin) {
            writeId(out, originClient(), originClock());
        }
        if (hasRightOrigin) {
            writeId(out, rightOriginClient(), rightOriginClock());
        }
        if (!hasOrigin && !hasRightOrigin) {
            writeParent(out);
        }
        content.write(out, offset);
    }

    private void writeParent(ByteWriter out) {
        if (parent instanceof TypeNode node && node.owner != null) {
            out.writeVarUint(0);
            writeId(out, node.owner.client(), node.owner.clock());
        } else if (parent instanceof Parent.OwnerId owner) {
            out.writeVarUint(0);
            writeId(out, owner.client(), owner.clock());
        } else {
            out.writeVarUint(1);
            out.writeVarString(parent instanceof TypeNode node
                    ? node.name : ((Parent.RootName) parent).name());
        }
        if (parentSub != null) {
            out.writeVarString(parentSub);
        }
    }

    private static void writeId(ByteWriter out, ClientStructs client, long clock) {
        out.writeVarUint(client.id);
        out.writeVarUint(clock);
    }
}
