package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.room.member.CloseReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection: first with frames that wait for its session, then with the session. */
final class SocketEntry {

    /** A client that follows the protocol sends two frames before it hears from us. */
    private static final int EARLY_FRAMES_MAX = 64;

    private final List<byte[]> early = new ArrayList<>();
    private Optional<SocketSession> session = Optional.empty();
    private Instant heardAt;
    private boolean ended;

    SocketEntry(Instant openedAt) {
        this.heardAt = openedAt;
    }

    /** Gives the connection its session, which handles what has come before. */
    void attach(SocketSession opened) {
        synchronized (this) {
            if (!ended) {
                session = Optional.of(opened);
                opened.open();
                early.forEach(opened::onFrame);
                early.clear();
                return;
            }
        }
        opened.onClosed();
    }

    /** Hands over a frame, or keeps it until there is a session. */
    void deliver(byte[] frame) {
        Optional<SocketSession> receiver;
        synchronized (this) {
            receiver = session;
            if (receiver.isEmpty() && early.size() < EARLY_FRAMES_MAX) {
                early.add(frame);
            }
        }
        receiver.ifPresent(open -> open.onFrame(frame));
    }

    synchronized void heard(Instant now) {
        heardAt = now;
    }

    /** The connection is gone. */
    void end() {
        Optional<SocketSession> left;
        synchronized (this) {
            ended = true;
            left = session;
            session = Optional.empty();
            early.clear();
        }
        left.ifPresent(SocketSession::onClosed);
    }

    void close(CloseReason reason) {
        session().ifPresent(open -> open.close(reason));
    }

    /** Closes a connection that is silent for too long, or whose credential has expired. */
    void check(Instant now, Instant silentSince) {
        boolean silent;
        synchronized (this) {
            silent = heardAt.isBefore(silentSince);
        }
        if (silent) {
            close(CloseReason.TRY_LATER);
        } else if (session().flatMap(SocketSession::expiresAt).filter(now::isAfter).isPresent()) {
            close(CloseReason.UNAUTHENTICATED);
        }
    }

    private synchronized Optional<SocketSession> session() {
        return session;
    }
}
