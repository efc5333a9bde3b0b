package io.adaos.hub.projection.stream.message;

import java.util.concurrent.atomic.LongAdder;

/** What has happened to publications and messages since the start. */
public final class StreamCounts {

    private final LongAdder attempted = new LongAdder();
    private final LongAdder published = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder replaced = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** Somebody wants to publish, whatever comes of it. */
    public void attempt() {
        attempted.increment();
    }

    /** A publication is not taken. */
    public void refuse() {
        refused.increment();
    }

    public void publish() {
        published.increment();
    }

    public void leaveUnchanged() {
        unchanged.increment();
    }

    public void throttle() {
        throttled.increment();
    }

    /** A message was put into a socket's queue. */
    public void queue(MessageQueue.Offer offer) {
        switch (offer) {
            case REPLACED -> replaced.increment();
            case DROPPED, FULL -> dropped.increment();
            case QUEUED -> { }
        }
    }

    public long attempted() {
        return attempted.sum();
    }

    public long published() {
        return published.sum();
    }

    public long unchanged() {
        return unchanged.sum();
    }

    public long refused() {
        return refused.sum();
    }

    /** Publications that had to wait for their turn. */
    public long throttled() {
        return throttled.sum();
    }

    /** Messages that a newer one took the place of, in the queue of a socket. */
    public long replaced() {
        return replaced.sum();
    }

    /** Messages that a socket had no room for. */
    public long dropped() {
        return dropped.sum();
    }
}
