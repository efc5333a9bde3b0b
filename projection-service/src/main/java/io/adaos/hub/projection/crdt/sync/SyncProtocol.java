package io.adaos.hub.projection.crdt.sync;

import io.adaos.hub.projection.crdt.codec.ByteReader;
import io.adaos.hub.projection.crdt.codec.ByteWriter;
import io.adaos.hub.projection.crdt.codec.DecodeLimits;
import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import io.adaos.hub.projection.crdt.id.StateVector;

/** Frames of the y-websocket protocol, as the npm packages y-websocket 1.5 to 3 send them. */
public final class SyncProtocol {
    private static final int SYNC = 0;
    private static final int AWARENESS = 1;
    private static final int AUTH = 2;
    private static final int QUERY_AWARENESS = 3;

    private static final int STEP_1 = 0;
    private static final int STEP_2 = 1;
    private static final int UPDATE = 2;

    private static final int DENIED = 0;

    private SyncProtocol() {}

    /** The frame of a message. */
    public static byte[] encode(ProtocolMessage message) {
        ByteWriter out = new ByteWriter();
        if (message instanceof SyncStep1 step) {
            writeSync(out, STEP_1, step.known().encode());
        } else if (message instanceof SyncStep2 step) {
            writeSync(out, STEP_2, step.update());
        } else if (message instanceof SyncUpdate change) {
            writeSync(out, UPDATE, change.update());
        } else if (message instanceof AwarenessMessage awareness) {
            out.writeVarUint(AWARENESS);
            out.writeVarBytes(awareness.update());
        } else if (message instanceof PermissionDenied denied) {
            out.writeVarUint(AUTH);
            out.writeVarUint(DENIED);
            out.writeVarString(denied.reason());
        } else if (message instanceof QueryAwareness) {
            out.writeVarUint(QUERY_AWARENESS);
        } else {
            throw new AssertionError("unknown message " + message);
        }
        return out.toBytes();
    }

    private static void writeSync(ByteWriter out, int step, byte[] body) {
        out.writeVarUint(SYNC);
        out.writeVarUint(step);
        out.writeVarBytes(body);
    }

    /** Reads a frame with the default limits. */
    public static ProtocolMessage decode(byte[] frame) throws MalformedUpdateException {
        return decode(frame, DecodeLimits.DEFAULT);
    }

    /**
     * Reads a frame. The update inside is not looked at: whoever applies it does that.
     *
     * @throws MalformedUpdateException for a frame that is no message of this protocol
     */
    public static ProtocolMessage decode(byte[] frame, DecodeLimits limits)
            throws MalformedUpdateException {
        ByteReader in = new ByteReader(frame, limits);
        long type = in.readVarUint();
        if (type == SYNC) {
            return decodeSync(in);
        }
        if (type == AWARENESS) {
            return new AwarenessMessage(in.readVarBytes());
        }
        if (type == AUTH) {
            if (in.readVarUint() != DENIED) {
                throw new MalformedUpdateException("unknown auth message", in.offset() - 1);
            }
            return new PermissionDenied(in.readVarString());
        }
        if (type == QUERY_AWARENESS) {
            return new QueryAwareness();
        }
        throw new MalformedUpdateException("unknown message type " + type, 0);
    }

    private static SyncMessage decodeSync(ByteReader in) throws MalformedUpdateException {
        int start = in.offset();
        long step = in.readVarUint();
        if (step > UPDATE) {
            throw new MalformedUpdateException("unknown sync message " + step, start);
        }
        byte[] body = in.readVarBytes();
        if (step == STEP_1) {
            return new SyncStep1(StateVector.decode(body, in.limits()));
        }
        return step == STEP_2 ? new SyncStep2(body) : new SyncUpdate(body);
    }
}
