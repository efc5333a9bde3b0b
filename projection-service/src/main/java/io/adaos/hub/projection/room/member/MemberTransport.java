package io.adaos.hub.projection.room.member;

import java.util.function.Consumer;

/** The way to one client; all methods may be called from any thread and never block. */
public interface MemberTransport {

    /**
     * Hands over one message, behind all that were handed over before.
     *
     * @param taken hears of the frame when the socket has taken its bytes, or never will
     */
    void send(OutboundFrame frame, Consumer<OutboundFrame> taken);

    /** Ends the connection, after what was handed over before; asking again changes nothing. */
    void close(CloseReason reason);

    /** Whether the client is listened to; what it sends meanwhile waits on its side. */
    void reading(boolean on);

    /** The member has missed frames and has caught up again; signals may be sent anew. */
    void caughtUp();
}
