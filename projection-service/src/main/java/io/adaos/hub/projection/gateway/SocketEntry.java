package io.adaos.hub.projection.gateway;

import io.adaos.hub.projection.room.member.CloseReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One connection: first with frames that wait for its session, then with the session. */
final class SocketEntry {

    private final FrameLimits limits;
    private final Consumer<CloseReason> connection;
    private final List<byte[]> early = new ArrayList<>();
    private Optional<SocketSession> session = Optional.empty();
    private Instant heardAt;
    private long heardNanos = System.nanoTime();
    private long earlyBytes;
    private boolean ended;

    /** @param connection ends the connection, when there is no session to do it */
    SocketEntry(FrameLimits limits, Consumer<CloseReason> connection, Instant openedAt) {
        this.limits = limits;
        this.connection = connection;
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

    /**
     * Hands over a frame, or keeps it until there is a session; a client that sends too much
     * before that is closed, since dropping a frame would leave it with another document.
     */
    void deliver(byte[] frame) {
        Optional<SocketSession> receiver;
        boolean tooMuch = false;
        synchronized (this) {
            receiver = session;
            if (receiver.isEmpty() && !ended) {
                tooMuch = early.size() >= limits.earlyFramesMax()
                        || earlyBytes + frame.length > limits.earlyBytesMax();
                keep(frame, tooMuch);
            }
        }
        receiver.ifPresent(open -> open.onFrame(frame));
        if (tooMuch) {
            connection.accept(frame.length > limits.frameBytesMax()
                    ? CloseReason.TOO_BIG : CloseReason.TRY_LATER);
        }
    }

    private void keep(byte[] frame, boolean tooMuch) {
        if (tooMuch) {
            ended = true;
            early.clear();
        } else {
            early.add(frame);
            earlyBytes += frame.length;
        }
    }

    synchronized void heard(Instant now) {
        heardAt = now;
        heardNanos = System.nanoTime();
    }

    /** When the connection last showed that it lives. */
    synchronized long heardNanos() {
        return heardNanos;
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
        session().ifPresentOrElse(
                open -> open.close(reason), () -> connection.accept(reason));
    }

    /** Closes a connection that is silent for too long, or whose credential is void. */
    void check(Instant now, Instant silentSince) {
        boolean silent;
        synchronized (this) {
            silent = heardAt.isBefore(silentSince);
        }
        if (silent && session().filter(SocketSession::isPaused).isEmpty()) {
            close(CloseReason.TRY_LATER);
        } else if (session().filter(open -> !open.mayStay(now)).isPresent()) {
            close(CloseReason.UNAUTHENTICATED);
        }
    }

    synchronized Optional<SocketSession> session() {
        return session;
    }
}
