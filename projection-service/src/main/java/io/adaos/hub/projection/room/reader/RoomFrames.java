package io.adaos.hub.projection.room.reader;

import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.crdt.sync.SyncProtocol;
import io.adaos.hub.projection.crdt.sync.SyncStep1;
import io.adaos.hub.projection.crdt.sync.SyncStep2;
import io.adaos.hub.projection.crdt.sync.SyncUpdate;
import io.adaos.hub.projection.room.member.OutboundFrame;

/** The messages a room sends, in the framing of y-websocket, and one of our own. */
final class RoomFrames {

    private static final int GENERATION = 65;
    private static final int RELOAD = 66;

    private RoomFrames() {
    }

    /** Asks the client for what the document lacks. */
    static OutboundFrame step1(StateVector known) {
        return OutboundFrame.ofSignal(SyncProtocol.encode(new SyncStep1(known)));
    }

    /** Answers a client's step 1; its reader had told what it knows. */
    static OutboundFrame step2(byte[] update, StateVector known) {
        return OutboundFrame.ofDocument(SyncProtocol.encode(new SyncStep2(update)), known);
    }

    /** One batch, for readers who know everything before it. */
    static OutboundFrame update(byte[] update, StateVector before) {
        return OutboundFrame.ofDocument(SyncProtocol.encode(new SyncUpdate(update)), before);
    }

    /** The newest generation, for clients that asked for it. */
    static OutboundFrame generation(long generation) {
        ByteWriter out = new ByteWriter();
        out.writeVarUint(GENERATION);
        out.writeVarUint(generation);
        return OutboundFrame.ofSignal(out.toBytes());
    }

    /** The document has lost something the client still has; it must start with an empty one. */
    static OutboundFrame reload() {
        return OutboundFrame.ofSignal(new byte[] {RELOAD});
    }

    /** A sign of life that changes nothing: presence of nobody. */
    static OutboundFrame signOfLife() {
        return OutboundFrame.ofSignal(new byte[] {1, 1, 0});
    }
}
