package io.adaos.hub.projection.room.member;

import java.util.concurrent.CompletionStage;

/** The way to one client; all methods may be called from any thread and never block. */
public interface MemberTransport {

    /** Hands over one message; the stage completes when the socket has taken its bytes. */
    CompletionStage<Void> send(byte[] bytes);

    /** Ends the connection; asking again changes nothing. */
    void close(CloseReason reason);

    /** The member has missed frames and has caught up again; signals may be sent anew. */
    void caughtUp();
}
