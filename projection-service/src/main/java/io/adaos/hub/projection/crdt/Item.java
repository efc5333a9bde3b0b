package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.ByteWriter;

/** Content with its place: the neighbours it was written between and those it has now. */
final class Item extends Struct {
    static final int HAS_ORIGIN = 0x80;
    static final int HAS_RIGHT_ORIGIN = 0x40;
    static final int HAS_PARENT_SUB = 0x20;
    static final int REF_MASK = 0x1F;

    ClientStructs originClient;        // left neighbour when written; null = list start
    long originClock;
    ClientStructs rightOriginClient;   // right neighbour when written; null = list end
    long rightOriginClock;
    Item left;                         // left neighbour now; null = list start
    Item right;                        // right neighbour now; null = list end
    Parent parent;                     // null until known; a TypeNode once integrated
    String parentSub;                  // key of a map entry; null = list element
    Content content;
    private boolean deleted;

    Item(ClientStructs client, long clock, Content content) {
        super(client, clock, content.length());
        this.content = content;
    }

    /** The type of an integrated item. */
    TypeNode type() {
        return (TypeNode) parent;
    }

    long lastClock() {
        return clock + length - 1;
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

    void setOrigin(Item neighbour) {
        originClient = neighbour.client;
        originClock = neighbour.lastClock();
    }

    boolean hasSameOrigin(Item other) {
        return originClient == other.originClient
                && (originClient == null || originClock == other.originClock);
    }

    boolean hasSameRightOrigin(Item other) {
        return rightOriginClient == other.rightOriginClient
                && (rightOriginClient == null || rightOriginClock == other.rightOriginClock);
    }

    /** Whether {@code next}, the next struct of the same client, can become a part of this item. */
    boolean canAbsorb(Item next) {
        return next.originClient == client
                && next.originClock == lastClock()
                && right == next
                && deleted == next.deleted
                && hasSameRightOrigin(next)
                && content.canJoin(next.content);
    }

    @Override
    void write(ByteWriter out, long offset) {
        boolean hasOrigin = offset > 0 || originClient != null;
        boolean hasRightOrigin = rightOriginClient != null;
        out.writeByte(content.ref()
                | (hasOrigin ? HAS_ORIGIN : 0)
                | (hasRightOrigin ? HAS_RIGHT_ORIGIN : 0)
                | (parentSub != null ? HAS_PARENT_SUB : 0));
        if (offset > 0) {
            writeId(out, client, clock + offset - 1);
        } else if (hasOrigin) {
            writeId(out, originClient, originClock);
        }
        if (hasRightOrigin) {
            writeId(out, rightOriginClient, rightOriginClock);
        }
        if (!hasOrigin && !hasRightOrigin) {
            writeParent(out);
        }
        content.write(out, offset);
    }

    private void writeParent(ByteWriter out) {
        if (parent instanceof TypeNode node && node.owner != null) {
            out.writeVarUint(0);
            writeId(out, node.owner.client, node.owner.clock);
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
