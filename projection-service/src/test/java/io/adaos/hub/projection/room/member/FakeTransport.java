package io.adaos.hub.projection.room.member;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A socket whose reader takes frames when the test says so. */
public final class FakeTransport implements MemberTransport {

    private final List<byte[]> sent = new ArrayList<>();
    private final Deque<Runnable> untaken = new ArrayDeque<>();
    private boolean slow;
    private CloseReason closed;      // null while open
    private boolean reading = true;
    private int caughtUp;

    /** From now on frames stay in the socket until {@link #takeAll}. */
    public synchronized FakeTransport slow() {
        slow = true;
        return this;
    }

    /** The reader takes everything that waits, and what comes because of that. */
    public void takeAll() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = untaken.poll();
            }
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    /** All frames handed to the socket. */
    public synchronized List<byte[]> sent() {
        return List.copyOf(sent);
    }

    /** Why the server closed it, if it did. */
    public synchronized Optional<CloseReason> closed() {
        return Optional.ofNullable(closed);
    }

    /** Whether the client is listened to. */
    public synchronized boolean isReading() {
        return reading;
    }

    /** How often the member caught up. */
    public synchronized int timesCaughtUp() {
        return caughtUp;
    }

    @Override
    public void send(OutboundFrame frame, Consumer<OutboundFrame> taken) {
        synchronized (this) {
            sent.add(frame.bytes());
            if (slow) {
                untaken.add(() -> taken.accept(frame));
                return;
            }
        }
        taken.accept(frame);
    }

    @Override
    public synchronized void close(CloseReason reason) {
        closed = closed == null ? reason : closed;
    }

    @Override
    public synchronized void reading(boolean on) {
        reading = on;
    }

    @Override
    public synchronized void caughtUp() {
        caughtUp++;
    }
}
