package io.adaos.hub.projection.room.member;

import io.adaos.hub.projection.crdt.id.StateVector;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One socket as its room sees it: a bounded queue that is dropped for one fresh diff when its
 * reader is too slow. Safe for use by any thread.
 */
public final class RoomMember {

    /*
     * Notes on falling behind.
     *
     * A frame goes straight to the socket while little is in flight, else it waits in the queue.
     * When the queue is full all of it is dropped and the member lags: every further frame is
     * dropped too, and only what the reader knew before the first dropped frame is remembered.
     * When the socket has taken all that was in flight the room makes one diff against that
     * knowledge; its reader is then exactly where the others are.
     *
     * Presence comes from other clients, so it must never make a reader lag: it is dropped first,
     * and told anew when the socket has taken everything.
     */

    /** Who makes the fresh diff; called outside of any lock. */
    public interface ResyncRequest {
        void resync(RoomMember member);
    }

    private final MemberTransport transport;
    private final MemberLimits limits;
    private final boolean acknowledging;
    private final Clock clock;
    private final Deque<OutboundFrame> queue = new ArrayDeque<>();
    private final Deque<Instant> resyncs = new ArrayDeque<>();
    private final Consumer<OutboundFrame> taken = this::taken;
    private ResyncRequest resyncRequest = member -> { };
    private Optional<StateVector> known = Optional.empty();
    private Optional<StateVector> question = Optional.empty();
    private long queuedBytes;
    private long inFlightBytes;
    private boolean lagging;
    private boolean resyncAsked;
    private boolean presenceMissed;
    private boolean answered;
    private boolean closed;
    private long acknowledged;
    private long acknowledgedNanos;      // System.nanoTime; as is the next
    private final long startedNanos = System.nanoTime();
    private long lastSentMillis;
    private long lastProgressMillis;
    private Instant provenAt;

    /** @param acknowledging whether the client asked to be told generations */
    public RoomMember(MemberTransport transport, MemberLimits limits, boolean acknowledging,
            Clock clock) {
        this.transport = transport;
        this.limits = limits;
        this.acknowledging = acknowledging;
        this.clock = clock;
        this.lastSentMillis = clock.millis();
        this.lastProgressMillis = lastSentMillis;
        this.provenAt = Instant.ofEpochMilli(lastSentMillis);
    }

    /**
     * Whether the client is told generations: it asked for them, and its first step 1 has been
     * answered, so that what it hears of is what it has.
     */
    public synchronized boolean hearsGenerations() {
        return acknowledging && answered;
    }

    /** Whether the client understands messages that are not of y-websocket. */
    public boolean acknowledges() {
        return acknowledging;
    }

    /** Whether the connection has ended or is being ended. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Notes what the client says it knows, in the place of what it said before.
     *
     * @return whether somebody must answer now; false while an earlier question still waits
     */
    public synchronized boolean ask(StateVector theirs) {
        boolean first = question.isEmpty();
        question = Optional.of(theirs);
        return first;
    }

    /** The question to answer now; empty when the member has ended, or lags and gets a diff. */
    public synchronized Optional<StateVector> takeQuestion() {
        Optional<StateVector> taken = question;
        question = Optional.empty();
        if (closed) {
            return Optional.empty();
        }
        if (!answered) {
            answered = true;
            provenAt = clock.instant();
        }
        if (lagging) {
            known = taken;
            return Optional.empty();
        }
        return taken;
    }

    /** The highest generation the client says it has applied; 0 before it said anything. */
    public synchronized long acknowledged() {
        return acknowledged;
    }

    /** Notes what the client says it has applied; an older number changes nothing. */
    public synchronized void acknowledge(long generation) {
        acknowledged = Math.max(acknowledged, generation);
        acknowledgedNanos = System.nanoTime();
        provenAt = clock.instant();
    }

    /** How far the client is, at this moment. */
    public synchronized MemberProgress progress() {
        return new MemberProgress(
                acknowledging, acknowledged, acknowledgedNanos, startedNanos, closed);
    }

    /** Whether the client is listened to: not while much of what it said waits. */
    public void reading(boolean on) {
        transport.reading(on);
    }

    /** When the last frame was handed to the socket, or the member was made. */
    public synchronized Instant lastSentAt() {
        return Instant.ofEpochMilli(lastSentMillis);
    }

    /** Sends a frame, now or later; a member that lags loses it and gets a diff instead. */
    public void offer(OutboundFrame frame) {
        boolean tooSlow = false;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (lagging) {
                drop(frame);
                return;
            }
            if (queue.isEmpty() && inFlightBytes < limits.inFlightBytesMax()) {
                transmit(frame);
                return;
            }
            queue.add(frame);
            queuedBytes += frame.length();
            if (isOverfull()) {
                dropPresence();
            }
            if (isOverfull()) {
                tooSlow = !startLagging();
            }
        }
        if (tooSlow) {
            close(CloseReason.TOO_SLOW);
        }
    }

    /** Ends the connection, once. */
    public void close(CloseReason reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
            queuedBytes = 0;
        }
        transport.close(reason);
    }

    /** The connection has ended by itself; nothing more is sent. */
    public synchronized void gone() {
        closed = true;
        queue.clear();
        queuedBytes = 0;
    }

    /**
     * Closes a member whose socket has taken nothing for too long, or whose client has stopped to
     * say what it has applied: a frozen page, which comes back when it runs again.
     */
    public void closeIfLost(Instant now) {
        boolean lost;
        synchronized (this) {
            boolean stalled = inFlightBytes > 0
                    && now.toEpochMilli() - lastProgressMillis > limits.stalledMax().toMillis();
            boolean behind = hearsGenerations()
                    && provenAt.plus(limits.behindMax()).isBefore(now);
            lost = stalled || behind;
        }
        if (lost) {
            close(CloseReason.TOO_SLOW);
        }
    }

    public synchronized void onResyncNeeded(ResyncRequest request) {
        resyncRequest = request;
    }

    /** What the reader of a lagging member knew before frames were dropped. */
    public synchronized Optional<StateVector> known() {
        return known;
    }

    /** The room's fresh diff; the member is where the others are. */
    public void resynced(Optional<OutboundFrame> diff) {
        synchronized (this) {
            if (closed || !lagging) {
                return;
            }
            lagging = false;
            resyncAsked = false;
            presenceMissed = false;
            known = Optional.empty();
            diff.ifPresent(this::transmit);
        }
        transport.caughtUp();
    }

    private boolean isOverfull() {
        return queue.size() > 1 && queuedBytes > limits.queuedBytesMax();
    }

    private void dropPresence() {
        presenceMissed |= queue.removeIf(OutboundFrame::presence);
        queuedBytes = queue.stream().mapToLong(frame -> frame.length()).sum();
    }

    private void drop(OutboundFrame frame) {
        if (known.isEmpty()) {
            known = frame.before();
        }
    }

    /** Drops the queue; false when this has happened too often. */
    private boolean startLagging() {
        Instant now = clock.instant();
        lagging = true;
        queue.forEach(this::drop);
        queue.clear();
        queuedBytes = 0;
        resyncs.add(now);
        while (resyncs.peek().plus(limits.resyncWindow()).isBefore(now)) {
            resyncs.remove();
        }
        return resyncs.size() <= limits.resyncsMax();
    }

    private void transmit(OutboundFrame frame) {
        lastSentMillis = clock.millis();
        if (inFlightBytes == 0) {
            lastProgressMillis = lastSentMillis;
        }
        inFlightBytes += frame.length();
        transport.send(frame, taken);
    }

    private void taken(OutboundFrame frame) {
        ResyncRequest request = null;
        boolean tellPresence = false;
        synchronized (this) {
            inFlightBytes -= frame.length();
            lastProgressMillis = clock.millis();
            while (!queue.isEmpty() && inFlightBytes < limits.inFlightBytesMax()) {
                OutboundFrame next = queue.remove();
                queuedBytes -= next.length();
                transmit(next);
            }
            if (lagging && inFlightBytes == 0 && !resyncAsked && !closed) {
                resyncAsked = true;
                request = resyncRequest;
            }
            if (presenceMissed && !lagging && queue.isEmpty() && inFlightBytes == 0 && !closed) {
                presenceMissed = false;
                tellPresence = true;
            }
        }
        if (request != null) {
            request.resync(this);
        }
        if (tellPresence) {
            transport.caughtUp();
        }
    }
}
