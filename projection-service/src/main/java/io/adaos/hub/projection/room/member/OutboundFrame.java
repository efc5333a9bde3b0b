package io.adaos.hub.projection.room.member;

import io.adaos.hub.projection.crdt.id.StateVector;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One message to sockets; the same one goes to every member and never changes. */
public final class OutboundFrame {

    /*
     * Notes on the wire form.
     *
     * RFC 6455, 5.2: a final binary frame of a server is 0x82, the length in one byte, or 126 and
     * two bytes, or 127 and eight, and the message without a mask. It is made once, outside the
     * heap, so that the operating system can take it from there for every socket. The garbage
     * collector frees it with the frame, since nobody knows which socket will be the last.
     */

    private static final byte FINAL_BINARY = (byte) 0x82;
    private static final int LENGTH_7_BITS_MAX = 125;
    private static final int LENGTH_16_BITS_MAX = 0xffff;

    private final Optional<StateVector> before;
    private final boolean presence;
    private final int length;
    private volatile byte[] bytes;         // null once the wire form holds them
    private volatile ByteBuffer wire;      // null until first asked for

    private OutboundFrame(byte[] bytes, Optional<StateVector> before, boolean presence) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.before = before;
        this.presence = presence;
    }

    /** A frame that carries part of the document for readers who know everything before it. */
    public static OutboundFrame ofDocument(byte[] bytes, StateVector before) {
        return new OutboundFrame(bytes, Optional.of(before), false);
    }

    /** A frame that may be lost: progress, a sign of life. */
    public static OutboundFrame ofSignal(byte[] bytes) {
        return new OutboundFrame(bytes, Optional.empty(), false);
    }

    /** A frame about who is there; the first to be dropped when a reader is slow. */
    public static OutboundFrame ofPresence(byte[] bytes) {
        return new OutboundFrame(bytes, Optional.empty(), true);
    }

    /** How many bytes the message has. */
    public int length() {
        return length;
    }

    /** The message. */
    public byte[] bytes() {
        byte[] here = bytes;
        if (here != null) {
            return here;
        }
        ByteBuffer made = wire();
        byte[] copy = new byte[length];
        made.get(made.limit() - length, copy);
        return copy;
    }

    /** The message as one websocket frame, outside the heap; a view that is the caller's own. */
    public ByteBuffer wire() {
        ByteBuffer made = wire;
        if (made == null) {
            made = makeWire();
        }
        return made.duplicate();
    }

    /**
     * What a reader must know for this frame to make sense to it; empty when the frame carries no
     * part of the document.
     */
    public Optional<StateVector> before() {
        return before;
    }

    /** Whether it only says who is there, which can be told again at any time. */
    public boolean presence() {
        return presence;
    }

    private synchronized ByteBuffer makeWire() {
        if (wire == null) {
            ByteBuffer made = ByteBuffer.allocateDirect(10 + length);
            made.put(FINAL_BINARY);
            if (length <= LENGTH_7_BITS_MAX) {
                made.put((byte) length);
            } else if (length <= LENGTH_16_BITS_MAX) {
                made.put((byte) 126).putShort((short) length);
            } else {
                made.put((byte) 127).putLong(length);
            }
            made.put(bytes).flip();
            wire = made;
            bytes = null;
        }
        return wire;
    }
}
